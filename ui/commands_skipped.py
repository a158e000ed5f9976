"""What was read and is not in the index, with the reason."""

from __future__ import annotations

from collections import Counter

from ingest.journal import FILE, Journal
from qa.build import open_index
from qa.errors import BadInput
from qa.settings import Settings
from ui.terminal import out, plain, print_json, print_table, say


def run_skipped(settings: Settings, reason: str | None, *, as_json: bool) -> None:
    """List the pages in quarantine, the newest first, or those there for one reason.

    Raises `NoIndex` where there is no home, `BadInput` for a reason that none is there for.
    """
    with open_index(settings) as index:
        folder = index.home.folder
    pages = []
    if (folder / FILE).exists():
        with Journal(folder) as journal:
            pages = journal.skipped()
    counted = Counter(page.reason for page in pages)
    if reason is not None and reason not in counted:
        raise BadInput(f"Nothing was skipped as {reason!r}. The reasons are: {', '.join(sorted(counted)) or 'none'}.")
    found = [page for page in pages if reason in (None, page.reason)]
    if as_json:
        print_json(found)
    elif not found:
        say(out(), "Nothing was skipped: all that was read is in the collection.")
    else:
        rows = [[f"{page.at:%Y-%m-%d}", page.reason, page.url or page.origin, page.message] for page in found]
        print_table(out(), ["date", "skipped as", "where", "why"], rows)
        counts = ", ".join(f"{number} {plain(name)}" for name, number in counted.most_common())
        say(out(), f"{counts}. A page leaves this list when its article comes.")
        say(out(), "After an update, read them all again: newsdesk ingest --skipped")
