"""Words of a question that were mistyped, put right by what the articles have: "Orelsham" where they have "Orlesham".

A word is mistyped when neither an article nor a dictionary has it, and one slip of the fingers makes it a word that
articles have: a letter left out, put in, taken for another, or two that changed places. Four in five errors of typing
are just one of these (Damerau 1964, "A technique for computer detection and correction of spelling errors").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from string import ascii_lowercase
from typing import TYPE_CHECKING

from qa.index import Index
from qa.types import Passage, Query

if TYPE_CHECKING:
    from spellchecker import SpellChecker

WORD = re.compile(r"(?<![\w@#./-])[^\W\d_]+(?![\w@/-])")
SHORTEST, LONGEST = 4, 30
SHORTEST_OF_ALL_SLIPS = 5
"""Letters of a word that may be put right, and of one where any slip counts: in a shorter one, only letters that
changed places, since too many short words differ in one letter."""

MOST = 8
"""Words of a question that are looked at; where more are unknown, it is in another language, or on something else."""

LIKELIEST = 3
"""Spellings that are looked up in the articles: those with the same letters first, then the most frequent."""

PASSAGES = 5
"""Passages in which a spelling is looked up."""


def _none() -> Collection[str]:
    return ()


@dataclass(frozen=True)
class Spelling:
    """Puts the spelling of questions right by the articles of an index; `names` are words that are right besides."""

    index: Index
    names: Callable[[], Collection[str]] = _none

    def __call__(self, question: str, as_of: datetime) -> str:
        """The question with its mistyped words put right, by what was published before a moment."""
        words = dict.fromkeys(word for word in WORD.findall(question) if _may_be_mistyped(word))
        counts = dict(zip(words, self.index.frequency(list(words)), strict=True))
        unknown = [word for word, count in counts.items() if not count]
        if not 0 < len(unknown) <= MOST:
            return question
        names = {part.casefold(): part for name in self.names() for part in WORD.findall(name)}
        right = {word: self._put_right(word, names, as_of) for word in unknown}
        return WORD.sub(lambda found: right.get(found.group()) or found.group(), question)

    def _put_right(self, word: str, names: Mapping[str, str], as_of: datetime) -> str | None:
        low = word.casefold()
        meant = list(slips(low))
        named = [names[each] for each in meant if each in names]
        counts = {each: n for each, n in zip(meant, self.index.frequency(meant), strict=True) if n}
        if low in names or not (named or counts) or is_english(low):
            return None
        likeliest = sorted(counts, key=lambda each: (sorted(each) != sorted(low), -counts[each], each))[:LIKELIEST]
        found = (self._as_written(each, as_of) for each in likeliest)
        apart = (each for each in found if each and not (each.islower() and _is_another_form(low, each)))
        written = next(chain(named, apart), None)
        return written.capitalize() if written and written.islower() and word.istitle() else written

    def _as_written(self, word: str, as_of: datetime) -> str | None:
        """The word as articles in English have it: in small letters if any does."""
        hits = self.index.lexical(Query(word, as_of), PASSAGES)
        passages = [hit.passage for hit in hits if (self._language(hit.passage) or "en").startswith("en")]
        written = [
            found for p in passages for found in WORD.findall(f"{p.title}\n{p.text}") if found.casefold() == word
        ]
        return next((each for each in written if each.islower()), written[0] if written else None)

    def _language(self, passage: Passage) -> str | None:
        return self.index.article(passage.article_id).language


def slips(word: str) -> Iterator[str]:
    """Every word of which this one may be a mistyped form, each once; the first letter is taken to be right."""
    letters = dict.fromkeys(ascii_lowercase + word)
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    swapped = (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    others = (
        *(a + b[1:] for a, b in cuts if b),
        *(a + letter + b[1:] for a, b in cuts if b for letter in letters),
        *(a + letter + b for a, b in cuts for letter in letters),
    )
    every = dict.fromkeys((*swapped, *(others if len(word) >= SHORTEST_OF_ALL_SLIPS else ())))
    yield from (each for each in every if each != word)


def _may_be_mistyped(word: str) -> bool:
    """Whether it is long enough, and in a script with capital letters, which are typed letter by letter."""
    return SHORTEST <= len(word) <= LONGEST and word.upper() != word.lower()


def _is_another_form(word: str, other: str) -> bool:
    """Whether one word is the other with a letter behind it, as "jewellery" and "jeweller" are."""
    return other in (word[:-1], word + other[-1])


def is_english(word: str) -> bool:
    """Whether an English dictionary has a word, in small letters."""
    return word in _dictionary()


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    from spellchecker import SpellChecker  # its dictionary takes a fifth of a second, and few questions need it

    return SpellChecker(language="en")
