"""What an answer rests on and took: reports, the articles that were searched, a chat model's tokens. Pure."""

from __future__ import annotations

from qa.answer import Answer, Catalogue
from qa.usage import Usage
from ui.understood import span


def tally(answer: Answer) -> str | None:
    """`3 reports, 5 articles`: how many reports an answer rests on, and how many articles carry them.

    Nothing where each report is one article.
    """
    reports: list[frozenset[str]] = []
    for citation in answer.citations:
        own = frozenset({citation.article_id, *(copy.article_id for copy in citation.copies)})
        same = [report for report in reports if report & own]
        reports = [*(report for report in reports if report not in same), own.union(*same)]
    articles = sum(map(len, reports))
    if articles == len(reports):
        return None
    return f"{counted(len(reports), 'report')}, {articles} articles"


def searched(catalogue: Catalogue) -> str:
    """`412 articles, 1 January – 30 June 2022, 7 publishers`: what a collection holds."""
    parts = [counted(catalogue.articles, "article")]
    if catalogue.first and catalogue.last:
        parts.append(span(catalogue.first, catalogue.last))
    if catalogue.publishers:
        parts.append(counted(len(catalogue.publishers), "publisher"))
    return ", ".join(parts)


def spent(usage: Usage | None) -> str | None:
    """`1,240 tokens read, 96 written, $0.0004`: what a chat model took for an answer, as far as its provider told."""
    if usage is None or usage.input_tokens is None or usage.output_tokens is None:
        return None
    cost = "" if usage.cost is None else f", ${usage.cost:.4f}"
    return f"{counted(usage.input_tokens, 'token')} read, {usage.output_tokens:,} written{cost}"


def counted(number: int, what: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
