"""When two wordings are the same: the normalisation under every score that compares words."""

from __future__ import annotations

import re
import unicodedata

THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!,?\d)")
POSSESSIVE = re.compile(r"(?<=\w)[’']s\b")
ARTICLES = frozenset({"a", "an", "the"})
CLOSED_UP = "'’‘`´."
"""Marks that vanish; all others part words, so that "fog—twelve" is two words and "3-2" isn't 32."""


def normalised(text: str) -> str:
    """The text in lower case, without punctuation and articles, its words parted by one space.

    The normalisation of the SQuAD evaluation script (Rajpurkar et al. 2016), which makes "U.S." and "US" the same, with
    these departures, all for the sake of news: any script's punctuation and symbols go; a point or comma between digits
    stays ("9.6" isn't "96") unless the comma parts thousands ("1,000" is "1000"); punctuation other than full stops and
    apostrophes becomes a space instead of nothing; a possessive 's goes, so that "Macron's" has "Macron" in it.
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
    text = THOUSANDS.sub(lambda number: number.group().replace(",", ""), POSSESSIVE.sub("", text))
    plain = "".join(_plain(text, at) for at in range(len(text)))
    return " ".join(word for word in plain.split() if word not in ARTICLES)


def words(text: str) -> list[str]:
    """The words of the normalised text, in order."""
    return normalised(text).split()


def contains(text: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in the text, whole, next to each other and in order, after normalisation.

    "71" is not in "1971". What has no word left after normalisation ("", "The", "…") is contained in nothing.
    """
    sought = normalised(wanted)
    return bool(sought) and f" {sought} " in f" {normalised(text)} "


def _plain(text: str, at: int) -> str:
    character = text[at]
    if character in ".," and text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal():
        return character
    kind = unicodedata.category(character)
    if character in CLOSED_UP or kind == "Cf":
        return ""
    return " " if kind[0] in "PSZC" else character
