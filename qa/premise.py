"""What a question takes for granted, and the articles don't have: "Why did the bank raise rates?" where it cut them.

Pure rules for English. They are few: what they don't catch is left to the probability that the passages answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.claims.faults import faults_of
from qa.claims.opposites import SMALL
from qa.mentions import VERBS

ASKS = re.compile(
    r"^\W*(?:and |but |so )?(?:why|when|how|who|whom|whose|what|which|where)\b"
    r"(?:\s+(?:many|much|long|old|big|far|high))?",
    re.IGNORECASE,
)
"""The interrogative. A question without one, of yes or no, takes nothing for granted."""

MEANS_MANY_THINGS = SMALL | frozenset(
    "give gave given go went gone come came take took man men woman women day".split()
)
"""Words whose opposites in a text are seldom about the same thing."""

HAPPENED = re.compile(r"[a-z]{3,}ed$")
CONTRADICTS = frozenset(("opposite", "role"))
DENIES = re.compile(r"\b(?:not|never|no|nobody|none|without|deny|denied)\b|n[’']t\b", re.IGNORECASE)


def contradicted(question: str, near: str) -> str | None:
    """The word of a question for whose opposite the passage `near` has; nothing where it contradicts none."""
    asks = ASKS.match(question)
    if not asks or DENIES.search(question):
        return None
    granted = question[asks.end() :].strip(" ?!.")
    found = [fault.text for fault in faults_of(granted, near) if fault.kind in CONTRADICTS]
    return next((word for word in found if word[:1].islower() and word not in MEANS_MANY_THINGS), None)


def unreported(question: str, texts: Sequence[str], terms: Callable[[str], list[str]]) -> str | None:
    """The verb of a question that none of these texts has; nothing where it takes nothing for granted."""
    asks = ASKS.match(question)
    if not asks or DENIES.search(question):
        return None
    present = {term for text in texts for term in terms(text)}
    verbs = (word for word in re.findall(r"[^\W\d_]+", question[asks.end() :]) if word in VERBS or HAPPENED.match(word))
    return next((verb for verb in verbs if not present.intersection(terms(verb))), None)
