"""Where an element stands in its page. Pure."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

AROUND = frozenset({"footer", "nav", "aside"})


def is_around(element: HtmlElement, classes: re.Pattern[str]) -> bool:
    """Whether an element stands beside the article: in a part of the page that is for that, by its tag or classes.

    Parts that hold the page's heading are about the article, whatever else they are called.
    """
    for part in (element, *element.iterancestors()):
        if part.tag in ("body", "html") or next(part.iter("h1"), None) is not None:
            return False
        if part.tag in AROUND or classes.search(f"{part.get('class') or ''} {part.get('id') or ''}"):
            return True
    return False
