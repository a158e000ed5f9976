"""The words of a statement or of quotes, and the clauses that they stand in. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qa.lexical import STOPWORDS, Terms

FILE = Path(__file__).parent.with_name("rarity.json")
WORD = re.compile(
    r"\d+(?:[.,:]\d+)*|(?:[A-Z]\.)+[A-Z]\b\.?|[^\W\d_]+(?:[.’'&-][^\W\d_]+)*\.?(?<=[A-Z]\.)|[^\W_]+(?:[’'&][^\W_]+)*"
)
BREAK = re.compile(
    r"[,;:()\n]|(?<!\d)[–—]|[–—](?!\d)|[.!?](?:[\"”’)]*\s|[\"”’)]*$)|[\"“”]|\s-\s|"
    r"\b(?:and|but|while|whereas|although|though|because|which|who|where|when|after|before|that|if|until|unless)\b",
    re.IGNORECASE,
)
"""Where a clause may end."""

SMALL_IN_TITLES = frozenset("a an the and or of in on at to for by with from v vs".split())
STOP = re.compile(r"\n|[.!?;](?:[\"”’)]*\s|[\"”’)]*$)")
POSSESSIVE = re.compile(r"[’']s?$")
IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am", "have": "has had having", "do": "does did done doing",
        "say": "said says saying", "tell": "told tells telling", "rise": "rose risen", "fall": "fell fallen",
        "win": "won", "lose": "lost loses losing", "find": "found", "make": "made making", "take": "took taken taking",
        "give": "gave given giving", "go": "went gone goes going", "come": "came coming", "see": "saw seen",
        "know": "knew known", "get": "got gotten getting", "think": "thought", "leave": "left leaving", "lead": "led",
        "keep": "kept", "hold": "held", "uphold": "upheld", "write": "wrote written writing",
        "begin": "began begun beginning",
        "build": "built", "sell": "sold", "buy": "bought", "bring": "brought", "catch": "caught", "teach": "taught",
        "fight": "fought", "speak": "spoke spoken", "break": "broke broken", "choose": "chose chosen",
        "drive": "drove driven driving", "fly": "flew flown", "grow": "grew grown", "throw": "threw thrown",
        "show": "shown", "draw": "drew drawn", "send": "sent", "spend": "spent", "lend": "lent", "meet": "met",
        "pay": "paid", "lie": "lay lain", "sit": "sat", "stand": "stood", "run": "ran running", "swim": "swam swum",
        "sing": "sang sung", "sink": "sank sunk", "drink": "drank drunk", "steal": "stole stolen", "wear": "wore worn",
        "tear": "tore torn", "bear": "bore borne", "shoot": "shot", "strike": "struck", "stick": "stuck",
        "feel": "felt", "mean": "meant", "seek": "sought", "die": "dead death died dying", "child": "children",
        "person": "people", "man": "men", "woman": "women", "foot": "feet", "wife": "wives", "life": "lives",
        "good": "better best", "bad": "worse worst", "eat": "ate eaten", "forget": "forgot forgotten",
        "ride": "rode ridden", "hide": "hid hidden", "wake": "woke woken", "swear": "swore sworn",
        "withdraw": "withdrew withdrawn", "forgive": "forgave", "arise": "arose arisen", "dig": "dug", "hang": "hung",
        "injure": "injury injuries injured", "launch": "launches launched", "percent": "percentage per-cent",
        "close": "closure closures", "slide": "slid sliding", "shrink": "shrank shrunk",
        "deny": "denial denials", "refuse": "refusal refusals",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Forms that a stemmer doesn't bring together."""

_terms = Terms()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written, its stem, where it stands, and the number of its clause and of its sentence."""

    text: str
    stem: str
    start: int
    end: int
    clause: int
    sentence: int

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.casefold()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def content(self) -> bool:
        """Whether it carries meaning of its own."""
        return self.low not in STOPWORDS


@dataclass(frozen=True, slots=True)
class Text:
    """A text taken apart once, to be held against others."""

    text: str
    words: tuple[Word, ...]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all its words."""
        return frozenset(word.stem for word in self.words)


@lru_cache(maxsize=4096)
def take_apart(text: str) -> Text:
    """The words of a text in order."""
    clauses = [match.start() for match in BREAK.finditer(text)]
    stops = [match.start() for match in STOP.finditer(text)]
    words, clause, sentence = [], 0, 0
    for match in WORD.finditer(text):
        while clause < len(clauses) and clauses[clause] <= match.start():
            clause += 1
        while sentence < len(stops) and stops[sentence] <= match.start():
            sentence += 1
        words.append(Word(match.group(), stem(match.group()), *match.span(), clause, sentence))
    return Text(text, tuple(words))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a word has in common with its other forms."""
    plain = POSSESSIVE.sub("", word.casefold()).rstrip(".")
    found = _terms(IRREGULAR.get(plain, plain))
    return "".join(found) or plain


@lru_cache(maxsize=1)
def _table() -> tuple[Mapping[str, float], frozenset[str], float]:
    data = json.loads(FILE.read_text(encoding="utf-8"))
    rarity: dict[str, float] = {}
    words: set[str] = set()
    for value, listed in data["words"].items():
        words.update(listed.split())
        for word in listed.split():
            rarity[stem(word)] = min(float(value), rarity.get(stem(word), float(value)))
    return rarity, frozenset(words - set(data["names"].split())), float(data["unseen"])


def rarity(root: str) -> float:
    """How rare words with a stem are in news at large: the inverse document frequency."""
    table, _, unseen = _table()
    return table.get(root, unseen)


def is_common(word: str) -> bool:
    """Whether a word is in everyday use without a capital."""
    return word.casefold().replace("’", "'") in _table()[1]


def is_title(words: str) -> bool:
    """Whether words are the title of a work by their capitals, as in “A Tale of Two Cities”."""
    found = re.findall(r"[^\W\d_]+", words)
    return len(found) > 1 and all(word[0].isupper() or word in SMALL_IN_TITLES for word in found)


def contents(words: Sequence[Word]) -> list[Word]:
    """The words that carry meaning."""
    return [word for word in words if word.content]


Rarity = Callable[[str], float]
"""The rarity of a stem."""
