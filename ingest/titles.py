"""An article's title among those that its page states. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from ingest.fields import as_text

SEPARATOR = r"\s+(?:\||-|–|—|·|•|⋅|:|»|›|//)\s+"
LEFTOVER = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
TYPED = {"&#8216;": "'", "&#8217;": "'", "&#8220;": '"', "&#8221;": '"', "&#8211;": "–", "&#8230;": "…"}
"""WordPress writes these for quotes that an author typed straight; quotes that were typed curly stay as they are."""

LIVE = re.compile(r"\bLIVE\b(?:[:,]| -|$)")
STRESSED = re.compile(r"(?<!\w)(\*{1,2}|_{1,2})(?=\S)([^*_]+)(?<=\S)\1(?!\w)")
HEADING = re.compile(r"^#{1,6}\s+")


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of a page: of its JSON-LD, of its Open Graph tags, of its window, and its headings of level 1."""

    stated: str | None = None
    shared: str | None = None
    window: str | None = None
    headings: tuple[str, ...] = ()

    def all(self) -> tuple[str | None, ...]:
        """Every one of them."""
        return (self.stated, self.shared, self.window, *self.headings)


def title_of(titles: Titles, names: Sequence[str | None]) -> str | None:
    """The title of an article; `names` are those of its outlet, which are no part of it.

    The headline that is stated for machines counts, unless both the page's heading and what is shared of it say
    something else: then it was written for search engines. The headline of an article that goes on LIVE changes
    with the events.
    """
    heading = heading_of(titles)
    shown = [heading] if heading else []
    stated, shared, window = (
        without_suffix(each, names, shown) if each else None
        for each in map(tidy, (titles.stated, titles.shared, titles.window))
    )
    if shared and stated and LIVE.search(stated) and not LIVE.search(shared):
        return shared
    if shared and heading and plain(shared) == plain(heading) and plain(shared) != plain(stated or shared):
        return shared
    return stated or shared or heading or window


def heading_of(titles: Titles) -> str | None:
    """The heading that shares half of its words with the page's other titles; without others, a page's only one."""
    headings = [heading for each in titles.headings if (heading := tidy(each))]
    others = {
        word for each in (titles.stated, titles.shared, titles.window) if each for word in plain(tidy(each)).split()
    }
    if not others:
        return headings[0] if len(headings) == 1 else None
    for heading in headings:
        words = plain(heading).split()
        if words and sum(word in others for word in words) >= len(words) / 2:
            return heading
    return None


def tidy(text: str | None) -> str | None:
    """A title without what its page's templates left in it: escaped characters and signs of Markdown."""
    if text and LEFTOVER.search(text):
        text = unescape(unescape(re.sub("|".join(TYPED), lambda found: TYPED[found[0]], text.replace("&amp;#", "&#"))))
    return as_text(STRESSED.sub(r"\2", HEADING.sub("", text.strip()))) if text else None


def without_suffix(title: str, names: Iterable[str | None], shown: Iterable[str] = ()) -> str:
    """A title without the outlet's name behind it, or without whatever follows what the page shows as its heading."""
    known = {_letters(name) for name in names if name}
    headings = {plain(each) for each in shown}
    ends = [found.start() for found in re.finditer(SEPARATOR, title)]
    for end in ends:
        rest = re.sub(rf"^{SEPARATOR}", "", title[end:])
        if plain(title[:end]) in headings or _letters(rest) in known:
            return title[:end].strip()
    return title


def suffix_of(title: str | None, headings: Iterable[str]) -> str | None:
    """The outlet's name as the title's last part, when the page shows the rest of the title as its heading."""
    parts = re.split(SEPARATOR, title or "")
    headline = re.sub(rf"{SEPARATOR}{re.escape(parts[-1])}$", "", title or "")
    return parts[-1].strip() if len(parts) > 1 and plain(headline) in {plain(each) for each in headings} else None


def host_name(url: str | None) -> str | None:
    """The name of the host in an address, which sites like to put behind their titles."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def plain(text: str | None) -> str:
    """A title's words alone, to compare it with another."""
    return " ".join(re.findall(r"\w+", (text or "").replace("’", "").replace("'", ""))).casefold()


def _letters(name: str) -> str:
    name = re.sub(r"\.(?:com|org|net|co|io|ai)(?:\.\w\w)?$", "", name.strip().casefold())
    return "".join(re.findall(r"\w+", re.sub(r"^the\s+", "", name)))
