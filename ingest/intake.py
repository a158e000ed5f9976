"""What each page means for the index: something to store, nothing new, or no article. Remembers it in the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from ingest.journal import Journal, Outcome
from ingest.prepare import Prepared
from ingest.report import Report, Skipped, Stored
from qa.index import Index
from qa.types import Article, Page

Decision = Literal["store", "keep as old", "nothing new"]

DAWN = datetime.min.replace(tzinfo=UTC)
PASSING = frozenset({"too slow", "not found", "other file"})
"""Reasons that may be others the next time, or that say nothing of a page: they are not remembered."""


class Intake:
    """Decides by what is stored in `index` and what was decided before, by `journal`; and keeps the account."""

    def __init__(self, index: Index, journal: Journal) -> None:
        self._index = index
        self._journal = journal
        self._waiting: dict[str, str] = {}
        self._added: dict[str, Stored] = {}
        self._updated: dict[str, Stored] = {}
        self._unchanged: dict[str, Stored] = {}
        self._skipped: list[Skipped] = []

    @property
    def pages(self) -> int:
        """How many pages have been dealt with."""
        return self.articles + len(self._skipped)

    @property
    def articles(self) -> int:
        """How many articles there were among them."""
        return len(self._added) + len(self._updated) + len(self._unchanged)

    def sort_out(self, pages: Sequence[tuple[str, Page]]) -> list[tuple[str, Page]]:
        """Those of the pages, each with its key, that have to be prepared; the others are as at the last run."""
        outcomes = self._journal.known([key for key, _ in pages])
        stored = self._digests([o.article_id for o in outcomes.values() if o.article_id and o.digest])
        fresh, seen = [], []
        for key, page in pages:
            outcome = outcomes.get(key)
            if outcome and (not outcome.digest or stored.get(outcome.article_id or "") == outcome.kept):
                self._account(page.origin, outcome)
                seen.append(key)
            else:
                fresh.append((key, page))
        self._journal.seen(seen)
        return fresh

    def skip(self, skipped: Skipped, key: str | None = None, page: Page | None = None) -> None:
        """Something is no article; a page is kept in quarantine, under its key."""
        self._skipped.append(skipped)
        if skipped.reason not in PASSING:
            s = skipped
            outcome = Outcome(s.origin, s.article_id, s.title, s.url, reason=s.reason, message=s.message)
            self._journal.record([(key or _key_of(s.origin), page, outcome)])

    def decide(self, key: str, page: Page, prepared: Prepared) -> Decision:
        """What is to be done with an article.

        Of the versions of an article within one run the latest is stored, of those the longest, whatever their order;
        against an earlier run the article of now is, unless its outlet's own times say that it is older.
        """
        article, own = prepared.article, prepared.digest
        rank = rank_of(article, own)
        outcome = Outcome(page.origin, article.id, article.title, article.url, own, own, rank)
        stored = self._digests([article.id]).get(article.id)
        best = self._journal.best(article.id)
        if stored == own:
            self._journal.record([(key, page, outcome)])
            self._account(page.origin, outcome)
            return "nothing new"
        if best and best.rank > rank:
            self._give_way(key, page, outcome, best.digest, _same_id(article.id, best.origin))
            return "nothing new"
        if stored and not best and self._index.is_older(article):
            self._give_way(key, page, outcome, stored, _older(article.id))
            return "keep as old"
        self._journal.record([(key, page, outcome)])
        if best:
            self._journal.won(article.id, own, *_same_id(article.id, page.origin))
        self._put(Stored(article.id, article.title, page.origin), is_new=stored is None)
        self._waiting[article.id] = own
        return "store"

    def stored(self, articles: Sequence[Prepared]) -> None:
        """Articles that were waiting are in the index now."""
        for each in articles:
            self._waiting.pop(each.article.id, None)

    def report(self, passages: int, seconds: float) -> Report:
        """The account of everything that was dealt with."""
        added, updated, unchanged = (tuple(p.values()) for p in (self._added, self._updated, self._unchanged))
        return Report(added, updated, unchanged, tuple(self._skipped), passages, seconds)

    def _digests(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The digests of articles that are stored or about to be."""
        wanted = set(article_ids)
        stored = self._index.digests(sorted(wanted)) if wanted else {}
        return stored | {i: digest for i, digest in self._waiting.items() if i in wanted}

    def _give_way(self, key: str, page: Page, outcome: Outcome, kept: str, why: tuple[str, str]) -> None:
        gone = outcome.instead_of(kept, *why)
        self._journal.record([(key, page, gone)])
        self._account(page.origin, gone)

    def _account(self, origin: str, outcome: Outcome) -> None:
        o = outcome
        if o.reason:
            self._skipped.append(Skipped(origin, o.reason, o.message or "", o.url, o.article_id, o.title))
        elif o.article_id and o.article_id not in self._added and o.article_id not in self._updated:
            self._unchanged.setdefault(o.article_id, Stored(o.article_id, o.title or "", origin))

    def _put(self, row: Stored, *, is_new: bool) -> None:
        """A version goes in; the one of this run that was there before gives way to it."""
        i = row.article_id
        is_new = is_new or i in self._added
        before = self._added.pop(i, None) or self._updated.pop(i, None) or self._unchanged.pop(i, None)
        if before:
            self._skipped.append(Skipped(before.origin, *_same_id(i, row.origin), None, i, before.title))
        (self._added if is_new else self._updated)[i] = row


def rank_of(article: Article, digest: str) -> str:
    """By which of two versions the one to be kept is told, as text: the later, the longer, else by its digest."""
    moment = article.modified or article.published or DAWN
    when = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{when} {len(article.text):010d} {digest}"


def _same_id(article_id: str, origin: str) -> tuple[str, str]:
    return "same id", f"the article {article_id} is kept as it is in {origin}; give ids that differ"


def _older(article_id: str) -> tuple[str, str]:
    return "older version", f"a later version of the article {article_id} is stored; this one is kept behind it"


def _key_of(origin: str) -> str:
    return hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()[:32]
