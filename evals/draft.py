"""From use to cases: an answer that was saved as JSON becomes the draft of a case, for a person to correct."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from evals.cases import Case, Limits, Span
from qa.answer import Answer
from qa.errors import BadInput


def read_answer(path: Path) -> Answer:
    """An answer that `newsdesk ask --json` printed into a file. Raises `BadInput` when it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Answer.from_json(data)
    except OSError as error:
        raise BadInput(f"Can't read {str(path)!r}: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f'{str(path)!r} is not a saved answer. Save one with: newsdesk ask --json "Who won?" > answer.json'
        ) from error


def draft(answer: Answer) -> Case:
    """A case that takes the answer for right: its quotes are gold, its statements the nuggets to be checked by hand."""
    filters = answer.query.filters
    quotes = [quote for statement in answer.statements for quote in statement.quotes]
    return Case(
        id=_id(answer.query.text),
        question=answer.query.text,
        as_of=answer.query.as_of,
        filters=Limits(
            publishers=filters.publishers, since=filters.since, until=filters.until, articles=filters.articles
        ),
        answerable=answer.abstained is None,
        gold_spans=tuple(Span(article=quote.article_id, quote=quote.text) for quote in quotes),
        tags=("draft",),
        notes=NOTES,
    )


NOTES = "Drafted from an answer: keep the spans that answer, add the wordings of the answer, then take the tag off."


def line_of(case: Case) -> str:
    """A case as a line of JSONL, without what is at its default."""
    values: dict[str, Any] = case.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(values, ensure_ascii=False)


def _id(question: str) -> str:
    """A readable id: the question's first words, and a few digits of its hash."""
    words = re.findall(r"\w+", question.casefold())[:5]
    return "-".join([*words, hashlib.sha256(question.encode("utf-8")).hexdigest()[:4]])
