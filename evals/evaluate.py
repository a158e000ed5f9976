"""One evaluation, from what is given on the command line to figures: the code that knows all kinds of data."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from evals.cases import COMMITTED, read_cases
from evals.claims import CLAIM_MEASURES, examine_claim, load_claims
from evals.datasets.question_set import QuestionSet
from evals.datasets.registry import QUESTION_SETS
from evals.datasets.store import store
from evals.golden import Collection, Question, questions_of
from evals.measures import Measure
from evals.pages import PAGE_MEASURES, examine_page, load_pages
from evals.provenance import commit, versions
from evals.question_measures import QUESTION_MEASURES, question_curves
from evals.questions import Examiner
from evals.results import Evaluation, Result
from evals.rewriting import REWRITING_MEASURES, examine_rewriting, load_rewritings
from evals.scores.citations import Supports
from evals.speech import COMMITTED_SPEECH, SPEECH_MEASURES, examine_speech, load_speech
from evals.task import Item, Task, run
from ingest import samples_folder
from qa.build import build_assistant, open_index
from qa.chroma import PASSAGE_FORMAT
from qa.embedder import Embedder
from qa.errors import BadInput
from qa.index import Index
from qa.settings import Settings

PAGES = ("article_extraction", "date_extraction", "wcxb_article")
PLAIN = "plain"
REWRITING = "rewrite"
CLAIMS = "wice"
SPEECH = "speech"
DATASETS = (*sorted(QUESTION_SETS), *PAGES, REWRITING, CLAIMS, SPEECH)
"""What can be evaluated by name, with a folder of that form; what is said in sentences, also with the committed ones.
All else is the path of a JSONL file with cases."""

T = TypeVar("T", bound=Item)
Watched = Callable[[str, Sequence[Any]], Iterable[Any]]
"""Passes items on, and shows how far it is; the string says what is being done."""


@dataclass(frozen=True)
class Options:
    """What to compare and how much of it.

    A run is made for each of `searches`: those of `qa.build`, or `plain`, the pipeline to compare with. `tags` keeps
    the cases that have one of them, `limit` that many cases, always the same. `work` keeps the indexes of public data
    between evaluations. `judge` is a second opinion on what supports what; `embedder` one that is loaded already.
    """

    searches: tuple[str, ...] = ("hybrid",)
    tags: tuple[str, ...] = ()
    limit: int | None = None
    work: Path | None = None
    judge: Supports | None = None
    embedder: Embedder | None = None


def measures_of(dataset: str) -> Sequence[Measure]:
    """The measures that are taken over a dataset."""
    if dataset in PAGES:
        return PAGE_MEASURES
    measures = {REWRITING: REWRITING_MEASURES, CLAIMS: CLAIM_MEASURES, SPEECH: SPEECH_MEASURES}
    return measures.get(dataset, QUESTION_MEASURES)


def evaluate(
    dataset: str, path: Path | None, settings: Settings, options: Options | None = None, watched: Watched | None = None
) -> Evaluation:
    """Evaluate newsdesk on the committed cases (dataset `cases`, no path), on a JSONL file with cases about the
    settings' home (`cases` with its path), or on public data of that name in a folder.

    Raises `BadInput` when the data can't be read, and what opening the home and loading the model raise. A broken line
    or a case that doesn't fit the collection is in `problems`; a case that fails has its error in its result.
    """
    begun = time.perf_counter()
    options, watched = options or Options(), watched or (lambda _, items: items)
    if dataset in _LOADERS:
        path = path or (COMMITTED_SPEECH if dataset == SPEECH else None)
        found = _items(dataset, _folder(dataset, path), options, watched)
    else:
        found = _questions(dataset, path, settings, options, watched)
    return replace(
        found,
        settings=_plain(settings),
        versions=versions(),
        commit=commit(),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - begun, 1),
    )


def _items(dataset: str, folder: Path, options: Options, watched: Watched) -> Evaluation:
    """Pages, rewritings, claims or sentences: nothing is indexed for them, and no search is compared."""
    load, examine = _LOADERS[dataset]
    found = load(folder)
    items = limited([item for item in found.items if _tagged(item.tags, options)], options.limit)
    task: Task[Any] = Task("newsdesk", items, examine, measures_of(dataset))
    made = run(task, partial(_shown, watched, dataset))
    about = {"name": folder.name, "sha256": found.sha256, "count": len(items)}
    return Evaluation(dataset, (made,), about, problems=tuple(found.problems))


_LOADERS: Mapping[str, tuple[Callable[[Path], Any], Callable[[Any], Any]]] = {
    **dict.fromkeys(PAGES, (load_pages, examine_page)),
    REWRITING: (load_rewritings, examine_rewriting),
    CLAIMS: (load_claims, examine_claim),
    SPEECH: (load_speech, examine_speech),
}


def _questions(dataset: str, path: Path | None, settings: Settings, options: Options, watched: Watched) -> Evaluation:
    """Questions, put to an assistant over the articles that come with them, or over the settings' home."""
    asked, lines = _question_set(dataset, path)
    embedder = options.embedder or _load(settings.embedder)
    with _indexed(asked, settings, options.work, embedder) as (index, skipped):
        collection = Collection(index)
        cases = limited([case for case in asked.cases if _tagged(case.tags, options)], options.limit)
        questions, unfit = questions_of(cases, collection)
        if not questions:
            raise BadInput(
                f"No case of {asked.name!r} can be asked: {next(iter(unfit.values()), 'none has such a tag')}"
            )
        runs = []
        for search in options.searches:
            examine = _examiner(search, settings, index, collection, replace(options, embedder=embedder))
            task = Task(search, questions, examine, QUESTION_MEASURES, question_curves)
            runs.append(run(task, partial(_shown, watched, search)))
    about = {
        "name": asked.name,
        "sha256": asked.sha256,
        "count": len(questions),
        "articles": len(collection.rows),
        "articles_skipped": skipped,
    }
    places = (f"{lines.get(i, i)}: {message}" for i, message in unfit.items())
    return Evaluation(dataset, tuple(runs), about, problems=(*asked.problems, *places))


def _examiner(
    search: str, settings: Settings, index: Index, collection: Collection, options: Options
) -> Callable[[Question], Result]:
    if search == PLAIN and options.embedder:
        from evals.plain import PlainPipeline  # of the extra `benchmarks`

        return PlainPipeline(collection, options.embedder)
    assistant = build_assistant(settings, index=index, embedder=options.embedder, search=search)
    return Examiner(assistant, collection, options.judge)


def _question_set(dataset: str, path: Path | None) -> tuple[QuestionSet, Mapping[str, str]]:
    """The questions, and for those of a JSONL file the place of each, by id."""
    if dataset in QUESTION_SETS:
        return QUESTION_SETS[dataset](_folder(dataset, path)), {}
    read = read_cases(path or COMMITTED)
    articles = _samples if path is None else None
    problems = tuple(map(str, read.broken))
    places = {i: f"{read.name}:{line}" for i, line in read.lines.items()}
    return QuestionSet(read.name, read.cases, read.sha256, problems, articles), places


def _samples(_: Path) -> Path:
    return samples_folder()


@contextmanager
def _indexed(
    asked: QuestionSet, settings: Settings, work: Path | None, embedder: Embedder
) -> Iterator[tuple[Index, int]]:
    """The index to ask, and how many of its pages were no article; made in `work`, if the articles come along."""
    if asked.articles is None:
        with open_index(settings) as index:
            yield index, 0
        return
    with TemporaryDirectory() as temporary:
        home = (work or Path(temporary)) / f"{asked.name}-{asked.sha256[:12]}-{PASSAGE_FORMAT}"
        home.mkdir(parents=True, exist_ok=True)
        with open_index(settings.model_copy(update={"home": home}), create=True) as index:
            yield index, len(store(asked, home, index, embedder).skipped)


def _shown(watched: Watched, what: str, items: Iterable[T]) -> Iterable[T]:
    return watched(what, list(items))


def _folder(dataset: str, path: Path | None) -> Path:
    if path is None:
        raise BadInput(f"Where is the data? Give its folder: newsdesk eval {dataset} FOLDER")
    return path


def _tagged(tags: Sequence[str], options: Options) -> bool:
    return not options.tags or bool(set(tags) & set(options.tags))


def limited(items: Sequence[T], limit: int | None) -> list[T]:
    """At most `limit` items, in order: those whose ids have the lowest hashes, so that a sample is always the same."""
    if limit is None or len(items) <= limit:
        return list(items)
    kept = set(sorted((hashlib.sha256(item.id.encode("utf-8")).hexdigest(), item.id) for item in items)[:limit])
    ids = {item_id for _, item_id in kept}
    return [item for item in items if item.id in ids]


def _plain(settings: Settings) -> dict[str, Any]:
    return {**settings.model_dump(mode="json"), "home": None}  # where the collection lies changes no score


def _load(name: str) -> Embedder:
    from qa.models import load_embedder  # torch takes seconds to import

    return load_embedder(name)
