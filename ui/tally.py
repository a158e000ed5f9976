"""How many reports an answer rests on. Pure."""

from __future__ import annotations

from qa.types import Answer


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
    return f"{len(reports)} report{'s' if len(reports) != 1 else ''}, {articles} articles"
