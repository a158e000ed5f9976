"""The lexical index: BM25 over titles and texts. The only file that knows Tantivy.

It is derived: it can be deleted at any time and is made again from the stored passages.
"""

from __future__ import annotations

import logging
import math
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import tantivy

from qa.faults import StoreFailed, reason
from qa.types import Passage, Query

log = logging.getLogger(__name__)

ANALYZER = "news-2"
"""Its name is part of an index's form: with another one, the index is made again."""

UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}")
"""Runs of Chinese characters and kana, which have no space between words."""

MARK = "generation"
UNDATED = -(1 << 40)
"""The `published` of a passage without a date, in seconds since 1970: before everything."""

STOPWORDS = frozenset(
    """a about after all also am an and any are as at be because been before being between both but by can could did do
    does doing done during each for from further had has have having he her here hers him his how i if in into is it its
    itself just me more most my no nor not now of off on once only or other our out over own same she should so some
    such than that the their them then there these they this those through to too under until up us very was we were
    what when where which while who whom whose why will with would you your tell say says said""".split()
)
"""Words of a question that a passage need not share."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("title", tokenizer_name=ANALYZER)
    builder.add_text_field("text", tokenizer_name=ANALYZER)
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for each in (tantivy.Filter.remove_long(60), tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold()):
        builder = builder.filter(each)
    return builder.filter(tantivy.Filter.stemmer("english")).build()


def spaced(text: str) -> str:
    """A text whose unspaced runs are cut into overlapping pairs of characters, so that a word inside one is found."""
    return UNSPACED.sub(lambda run: f" {' '.join(map(''.join, pairwise(run.group())))} ", text)


class Terms:
    """Words as the lexical index sees them: lower case, without accents, stemmed."""

    def __init__(self) -> None:
        self._analyzer = _analyzer()
        self._stops = {term for word in STOPWORDS for term in self(word)}

    def __call__(self, text: str) -> list[str]:
        """Every term of a text, in order."""
        return list(self._analyzer.analyze(spaced(text)))

    def content(self, text: str) -> list[str]:
        """The terms that carry meaning, each once, in order; all of them when none does."""
        every = list(dict.fromkeys(self(text)))
        return [term for term in every if term not in self._stops] or every


class Lexical:
    """A Tantivy index in a folder, made anew when it is missing, damaged or of another form."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.terms = Terms()
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = self._open()
        self._writer: tantivy.IndexWriter | None = None

    def _open(self) -> tantivy.Index:
        try:
            index = tantivy.Index(self._schema, path=str(self._folder))
        except ValueError:  # another schema, or files that are no index
            log.warning("the lexical index in %s can't be read; making it again", self._folder)
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            index = tantivy.Index(self._schema, path=str(self._folder))
        index.register_tokenizer(ANALYZER, _analyzer())
        return index

    @property
    def generation(self) -> int:
        """The number of the step that this index was last brought up to; 0 when it has none."""
        try:
            return int((self._folder / MARK).read_text())
        except (FileNotFoundError, ValueError):
            return 0

    @generation.setter
    def generation(self, number: int) -> None:
        (self._folder / MARK).write_text(str(number))

    def count(self) -> int:
        """How many passages are indexed."""
        return self._index.searcher().num_docs

    def reload(self) -> None:
        """See what other processes have committed."""
        self._index.reload()

    def search(self, query: Query, k: int) -> list[tuple[str, float]]:
        """The k best passages as (id, BM25 score), best first. Any text is a query; it has no syntax.

        Times are kept in whole seconds here: at the borders of the query's dates, up to a second too much is found.
        """
        words = self.terms.content(query.text)
        if not words or k < 1:
            return []
        optional = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, word))
            for word in words
            for field in ("title", "text")
        ]
        matching = tantivy.Query.boolean_query(optional)
        required = [(tantivy.Occur.Must, clause) for clause in (matching, *self._clauses(query))]
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.boolean_query(required), limit=k)
        return [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in found.hits]

    def rarity(self, words: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term among the passages' texts: ln(1 + (N - n + .5) / (n + .5))."""
        searcher = self._index.searcher()
        total = searcher.num_docs
        counts = [searcher.doc_freq("text", word) for word in words]
        return [math.log(1 + (total - n + 0.5) / (n + 0.5)) for n in counts]

    def frequency(self, words: Sequence[str]) -> list[int]:
        """In how many titles and texts of passages each word stands, in any of its forms."""
        searcher = self._index.searcher()
        stands = [[sum(searcher.doc_freq(f, term) for f in ("title", "text")) for term in self.terms(w)] for w in words]
        return [min(counts, default=0) for counts in stands]

    def add(self, passages: Iterable[Passage]) -> None:
        """Index passages; they are found after `commit`."""
        writer = self._writing()
        for passage in passages:
            published = UNDATED if passage.published is None else math.floor(passage.published.timestamp())
            document = tantivy.Document()
            document.add_text("id", passage.id)
            document.add_text("article_id", passage.article_id)
            document.add_text("publisher", (passage.publisher or "").casefold())
            document.add_integer("published", published)
            document.add_text("title", spaced(passage.title))
            document.add_text("text", spaced(passage.text))
            with _storing():
                writer.add_document(document)

    def remove(self, article_ids: Iterable[str]) -> None:
        """Take out the passages of articles, with the next `commit`."""
        for article_id in article_ids:
            with _storing():
                self._writing().delete_documents_by_term("article_id", article_id)

    def clear(self) -> None:
        """Take out everything, with the next `commit`."""
        with _storing():
            self._writing().delete_all_documents()

    def commit(self) -> None:
        """Make what was added and removed visible, as one step."""
        with _storing():
            self._writing().commit()
            self._index.reload()

    def close(self) -> None:
        """Let go of the writer, so that another process may write; what was not committed is forgotten."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(ValueError):  # a writer that failed before
                writer.wait_merging_threads()

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            with _storing():
                self._writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        return self._writer

    def _clauses(self, query: Query) -> list[tantivy.Query]:
        filters = query.filters
        clauses = []
        if filters.publishers:
            names = [name.casefold() for name in filters.publishers]
            clauses.append(tantivy.Query.term_set_query(self._schema, "publisher", names))
        if filters.articles:
            clauses.append(tantivy.Query.term_set_query(self._schema, "article_id", list(filters.articles)))
        earliest = UNDATED + 1 if filters.until and not filters.since else UNDATED
        if filters.since:
            earliest = math.floor(filters.since.timestamp())
        latest = math.floor(min(query.as_of, filters.until or query.as_of).timestamp())
        clauses.append(
            tantivy.Query.range_query(self._schema, "published", tantivy.FieldType.Integer, earliest, latest)
        )
        return [tantivy.Query.const_score_query(clause, 0.0) for clause in clauses]


@contextmanager
def _storing() -> Iterator[None]:
    """Tantivy's writer takes what it is given; the `ValueError`s that it raises are all about its files and threads."""
    try:
        yield
    except ValueError as error:
        raise StoreFailed(reason(error)) from error
