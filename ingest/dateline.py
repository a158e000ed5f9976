"""When an article was published, by what its page states and what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from lxml.html import HtmlElement

from ingest.dates import dated_words
from ingest.places import is_around

OF_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)")
LATE = re.compile(r"\b(?:updated?|modified|revised|edited|reviewed|checked|last)\b", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|footer|menu|weather|card|teaser|latest|popular|event|archive|swiper|carousel|slide",
    re.IGNORECASE,
)
FIRST = re.compile(
    r"\b(?:this|the) (?:article|story|post|piece|report)\b.{0,20}\b(?:first|originally) "
    r"(?:published|posted|appeared)\b(.{0,60})",
    re.IGNORECASE | re.DOTALL,
)
MOST_WORDS = 14
"""Words of a line that is there to show a date."""

FAR_BELOW = 60
"""Elements with words after the heading, below which a date is no longer the article's."""

LONG = 90
"""Days between two dates of an article that no delay, embargo or time zone explains."""

SHORT = 3
"""Days after its publication on which a change of a news story is still a part of reporting it."""

ANYWHERE = 400
"""The same for a page without a heading, from its top."""

WORDLESS = frozenset({"script", "style", "noscript", "svg", "option"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A day that a page shows its readers near the heading; `is_late` when it says that it is of a change."""

    day: date
    is_late: bool


def published_of(
    stated: datetime | None, modified: datetime | None, shown: Shown | None, url: str | None
) -> datetime | None:
    """The moment of publication, by what is stated for machines and what readers see; nothing where neither is there.

    - A day in the address long before the stated moment is from before the site moved.
    - A day shown long before a stated moment that is also that of the last change: the system states when it last
      wrote the page.
    - A day shown long after the stated moment that is the day of the last change, and isn't called one: the page was
      written anew, and what it says is of that day.
    - A day within one of a moment stated in UTC is the day where the outlet is.
    """
    address = day_of_address(url)
    first = shown.day if shown and not shown.is_late else None
    if stated is None:
        day = address or (shown.day if shown else None)
        return _dawn(day) if day else None
    changed = modified.date() if modified else None
    if address and _days(address, stated) > LONG:
        return _dawn(address)
    if first and changed and _days(first, stated) > LONG and _days(changed, stated) >= -1:
        return _dawn(first)
    if first and first == changed and _days(first, stated) < -SHORT:
        return _dawn(first)
    day = first or address
    return _on(stated, day) if day and day != changed else stated


def _days(day: date, moment: datetime) -> int:
    """How many days a day is before a moment."""
    return (moment.date() - day).days


def _dawn(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def day_of_address(url: str | None) -> date | None:
    """The day that is a part of an address."""
    found = OF_ADDRESS.search(url or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def shown_near_heading(tree: HtmlElement) -> Shown | None:
    """The first day with its year that a page shows below its heading; else the last one right above it."""
    above: Shown | None = None
    below = None if tree.find(".//h1") is not None else 0
    farthest = FAR_BELOW if below is None else ANYWHERE
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in WORDLESS:
            continue
        if element.tag == "h1":
            below = 0
        for words in _texts(element):
            below = None if below is None else below + 1
            shown = _shown(words, element) if below is None or below <= farthest else None
            if shown and not is_around(element, ELSEWHERE):
                if below is not None:
                    return shown
                above = shown
    return above


def first_published(text: str) -> datetime | None:
    """The day on which an article says that it was published originally."""
    found = (dated_words(each[1]) for each in FIRST.finditer(text))
    return next((_dawn(day) for day in found if day), None)


def is_of_month(day: str | None, url: str | None) -> bool:
    """Whether a day in ISO form is of the month in an address."""
    return bool(day and re.search(rf"/{day[:4]}/{day[5:7]}(?:/|$)", url or ""))


def _texts(element: HtmlElement) -> Iterator[str]:
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip():
            yield " ".join(text.split())


def _shown(words: str, element: HtmlElement) -> Shown | None:
    if len(words) > 120 or len(words.split()) > MOST_WORDS or not re.search(r"\b(?:19|20)\d\d\b", words):
        return None
    found = dated_words(words)
    if found is None:
        return None
    before = " ".join(_label(element))
    return Shown(found, bool(LATE.search(words) or LATE.search(before)))


def _label(element: HtmlElement) -> Iterator[str]:
    """What stands right before the date: in the element before, or in front of it in its parent; and its class."""
    yield re.sub(r"[-_]", " ", element.get("class") or "") if element.tag == "time" else ""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None and isinstance(previous.tag, str):
        yield (previous.text_content() or "")[-40:] + " " + (previous.tail or "")
    elif parent is not None:
        yield (parent.text or "")[-40:]


def _on(moment: datetime, day: date) -> datetime:
    """The same moment in a zone in which it is that day there, where it was stated without one of its own."""
    if abs((moment.date() - day).days) != 1 or moment.utcoffset() != timedelta(0):
        return moment
    for hours in range(1, 15):
        local = moment.astimezone(timezone(timedelta(hours=hours if day > moment.date() else -hours)))
        if local.date() == day:
            return local
    return moment
