"""Who says what in an article: quotations and reported speech. Pure rules, no model, for English news prose.

Around each verb of saying, a speaker is looked for on its left ("Vale said") and on its right ("said Vale"), and the
words before or after. What has no clear speaker is left out: precision counts more than recall. So are questions,
orders and what may or may not have been said. Words are one stretch of the text; where the attribution stands inside a
reported sentence ("The strike, officials said, will last"), they are the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.speech.quotations import ALONE, CLOSED, MASK, QUOTE, masked, units
from ingest.speech.reported import after_asides, clause, goes_on, reported
from ingest.speech.speakers import PRONOUNS, Kind, after_verb, bare, before_verb, kind_of
from ingest.speech.verbs import BEFORE_VERB, CITING, DENYING, GOING_ON, QUOTING, TELLING, VERB, tail
from qa.sentences import Span, sentence_spans
from qa.types import Saying

NOT_SAID = re.compile(
    r"\b(?:if|whether|unless|who|what|how|why|which|that|whom|to|nobody|nothing|accused of|not|never)\s*$",
    re.IGNORECASE,
)
"""What, before a speaker, makes of a saying a condition, a question or a part of something else."""

BETWEEN_SAYINGS = re.compile(r"\s*(?:[,;–—]|\s-)\s*(?:(?:but|and|while|though|although|whereas|yet)\s+)?$")
CLAUSE_BREAK = re.compile(r"[;:—–]|\s-\s|(?<=\0)[”\"’]")
FULL_STOP = re.compile(r"[.!?…]\W*$")
WORDS_BEFORE = re.compile(r"(?:[”\"’,]|\0[”\"’])\s*$")
AT_AN_END = re.compile(r"\s*(?:[,.!?](?!\s*(?:that\b|[“\"‘]))|$)")
BEFORE_QUOTE = re.compile(r"\s*,\s*[“\"‘]")
STARTS_WITH_QUOTE = re.compile(rf"(?P<lead>\s*[,:]?\s*){QUOTE.pattern}")
REST_OF_QUOTE = re.compile(rf"[^\0“\"‘.;]{{0,80}},\s*{QUOTE.pattern}")
QUOTE_TO_THE_END = re.compile(rf"[\s,:]*{QUOTE.pattern}\W*$")
ASIDE_FOLLOWS = re.compile(r",\s*(?:(?:who|which|a|an|the|adding|saying|whose|\d)\b|[“\"‘])")
OTHER_NAME = re.compile(
    r"(?<![.!?“\"‘]\s)(?<!^)(?<!\bin )(?<!\bat )(?<!\bto )(?<!\bfrom )(?<!\bof )\b[A-Z][a-z’'-]{2,}"
)
"""A name that isn't merely the first word of a sentence, nor a place that something happens in."""

NO_NAME = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mrs?\b|Ms\b|Dr\b"
)
DATELINE = re.compile(r"\s*(?=[A-Z]{2})[^.;:“”\"\0]{2,60}\s[-–—]{1,2}\s+")
"""`SEOUL, Nov 5 (Agency) –` before the first words of a report."""

LONGEST = 4000
"""Characters beyond which a sentence is none."""

FARTHEST = 500
"""Characters after which a pronoun is not taken for the last speaker any more."""

CALLED: dict[str, tuple[Kind, ...]] = {
    "he": ("he", "person"),
    "she": ("she", "person"),
    "it": ("body",),
    "they": ("many",),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who spoke last: the speaker, the verb, and where in the text that was."""

    speaker: str
    verb: str
    kind: Kind
    at: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """A verb and its speaker in a sentence; `own` is the stretch of both with what belongs to them."""

    verb: str
    speaker: Span
    own: Span


def sayings(text: str, spans: Sequence[Span] | None = None) -> tuple[Saying, ...]:
    """The sayings of a text in order, with offsets into it. `spans` are its sentences, if they are known already."""
    return tuple(_Reader(text, sentence_spans(text) if spans is None else spans))


class _Reader:
    """Goes through a text once, and remembers who spoke last."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text = text
        self._masked, self._going_on = masked(text)
        self._units = units(self._masked, spans)
        self._last: Spoken | None = None
        self._offset = 0

    def __iter__(self) -> Iterator[Saying]:
        quoted = False
        for start, end in self._units:
            sentence, self._offset = self._masked[start:end], start
            if "\n" in self._text[start - 1 : start]:
                quoted = quoted and start in self._going_on
            found = self._said(sentence)
            alone = ALONE.fullmatch(sentence) if quoted and not found else None
            if alone and self._last:
                found = [self._saying(self._last.speaker, self._last.verb, alone.span("words"), verbatim=True)]
            quoted = bool(found) and found[-1].verbatim
            yield from sorted(found, key=lambda saying: saying.start)

    def _said(self, sentence: str) -> list[Saying]:
        if len(sentence) > LONGEST or (MASK not in sentence and not FULL_STOP.search(sentence)):
            return []  # a table, or a headline
        found: list[Saying] = []
        verbs = list(VERB.finditer(sentence))
        for n, verb in enumerate(verbs):
            if any(saying.start <= self._offset + verb.start() < saying.end for saying in found):
                continue  # part of what somebody said
            end = _end(sentence, verb, verbs[n + 1 :])
            if verb[0] in GOING_ON:
                found += self._participle(sentence, verb, end, found)
            else:
                found += self._attributed(sentence, verb, end)
        return found

    def _attributed(self, sentence: str, verb: re.Match[str], end: int) -> list[Saying]:
        """What is said by the speaker before or after a verb."""
        left, according = sentence[: verb.start()], verb[0].lower() == "according to"
        if according or (verb[0] not in TELLING and WORDS_BEFORE.search(left)):
            place = after_verb(sentence[verb.end() :])
            if place:
                speaker = (verb.end() + place[0], verb.end() + place[1])
                return self._backward(sentence, Attribution(verb[0], speaker, (verb.start(), speaker[1])))
        subject = None if according else _subject(left)
        if subject is None:
            return []
        by = Attribution(verb[0], subject[0], (subject[1], tail(sentence, verb)))
        if AT_AN_END.match(sentence, by.own[1]):
            return self._backward(sentence, by)
        if BEFORE_QUOTE.match(sentence, by.own[1]) and WORDS_BEFORE.search(sentence[: by.own[0]]):
            return self._backward(sentence, by) or self._forward(sentence, by, end)
        return self._forward(sentence, by, end)

    def _participle(self, sentence: str, verb: re.Match[str], end: int, before: Sequence[Saying]) -> list[Saying]:
        """What the last speaker of the sentence goes on to say: `Vale said…, adding that the school was safe.`"""
        if not before or before[-1].verb in CITING or not sentence[: verb.start()].rstrip().endswith(","):
            return []
        quote = QUOTE_TO_THE_END.match(sentence, verb.end(), end)
        that = re.match(r"\s+that\s", sentence[verb.end() :])
        words = quote.span("words") if quote else clause(sentence, verb.end() + (that.end() if that else 0), end)
        return [self._saying(before[-1].speaker, verb[0], words, verbatim=bool(quote))] if words else []

    def _backward(self, sentence: str, by: Attribution) -> list[Saying]:
        """Words before or around an attribution: `“…,” said Vale.`, `The bridge, police said, is shut.`"""
        before = sentence[: by.own[0]]
        quote = CLOSED.search(before)
        lead = before[: quote.start()].rstrip() if quote else "."
        if quote and (not lead or lead.endswith((".", "!", "?"))):
            whole = self._text[self._offset + quote.end("words") - 1] == "."
            speaker = None if whole else self._speaker(sentence, by)
            if speaker is None:
                return []
            more = REST_OF_QUOTE.match(sentence, by.own[1])
            quotes = [quote, more] if more else [quote]
            return [self._saying(speaker, by.verb, each.span("words"), verbatim=True) for each in quotes]
        words = _around(sentence, by)
        speaker = self._speaker(sentence, by) if words else None
        return [self._saying(speaker, by.verb, words, verbatim=False)] if speaker and words else []

    def _forward(self, sentence: str, by: Attribution, end: int) -> list[Saying]:
        """Words after an attribution: `Vale said: “…”`, `Vale said that the bridge was shut.`"""
        quote = None if by.verb in DENYING else STARTS_WITH_QUOTE.match(sentence, by.own[1])
        found: tuple[Span, bool] | None
        if quote and not re.search(r"\w", sentence[quote.end() : end]):
            found = quote.span("words"), True
        elif quote:
            words = None if by.verb in QUOTING else clause(sentence, quote.end("lead"), end)
            found = (words, False) if words else None
        else:
            found = reported(sentence, by.verb, by.own[1], end)
        speaker = self._speaker(sentence, by)  # even if nothing is found: "she" may be whoever warned of something
        return [self._saying(speaker, by.verb, found[0], verbatim=found[1])] if speaker and found else []

    def _speaker(self, sentence: str, by: Attribution) -> str | None:
        """The speaker, of a pronoun the one it stands for; `None` where that isn't clear."""
        phrase, at = sentence[slice(*by.speaker)], self._offset + by.speaker[0]
        pronoun = phrase.lower()
        if pronoun not in PRONOUNS:
            if by.verb not in CITING:
                self._last = Spoken(bare(phrase), by.verb, kind_of(phrase), at)
            return bare(phrase)
        last = self._last
        if last is None or at - last.at > FARTHEST or last.kind not in CALLED[pronoun] or self._names_another(last, at):
            self._last = None
            return None
        kind: Kind = "he" if pronoun == "he" else "she" if pronoun == "she" else last.kind
        self._last = Spoken(last.speaker, by.verb, kind, at)
        return last.speaker

    def _names_another(self, last: Spoken, until: int) -> bool:
        """Whether somebody else is named, outside of quotations, after a person spoke."""
        if last.kind in ("body", "many"):
            return False
        own = set(re.findall(r"\w+", last.speaker))
        names = OTHER_NAME.findall(self._masked[last.at : until])
        return any(not NO_NAME.match(name) and re.split("['’]", name)[0] not in own for name in names)

    def _saying(self, speaker: str, verb: str, words: Span, *, verbatim: bool) -> Saying:
        start, end = self._offset + words[0], self._offset + words[1]
        stretch = self._text[start:end]
        start += len(stretch) - len(stretch.lstrip())
        end -= len(stretch) - len(stretch.rstrip(" ,"))
        return Saying(speaker, verb, self._text[start:end], verbatim, start, end)


def _subject(left: str) -> tuple[Span, int] | None:
    """The speaker before a verb and where the phrase begins, unless nothing is said for sure."""
    near = BEFORE_VERB.search(left)
    if near is None:
        return None
    cut = max((found.end() for found in CLAUSE_BREAK.finditer(left, 0, near.start() + 1)), default=0)
    place = before_verb(left[cut : near.start()])
    if place is None or NOT_SAID.search(left[: cut + place[1]]):
        return None
    (start, end), begin = place
    return (cut + start, cut + end), cut + begin


def _around(sentence: str, by: Attribution) -> Span | None:
    """The reported words that an attribution stands at the end of, within, or before ("According to Vale, …")."""
    before, according = sentence[: by.own[0]], by.verb.lower() == "according to"
    if according and not before.strip():
        return after_asides(sentence, by.own[1])
    comma = re.search(r",[”\"’]?\s*$", before)
    if by.verb in QUOTING or not (comma or according):
        return None
    rest = sentence[by.own[1] :]
    within = goes_on(rest) and not ASIDE_FOLLOWS.match(rest)
    dateline = DATELINE.match(sentence)
    return clause(
        sentence, dateline.end() if dateline else 0, len(sentence) if within else comma.start() if comma else by.own[0]
    )


def _end(sentence: str, verb: re.Match[str], later: Sequence[re.Match[str]]) -> int:
    """Where the words after a verb end at the latest: before what is said next in the same sentence."""
    for other in later:
        left = sentence[verb.end() : other.start()]
        if other[0] in GOING_ON and left.rstrip().endswith(","):
            return verb.end() + len(left.rstrip(" ,"))
        near = BEFORE_VERB.search(left)
        place = before_verb(left[: near.start()]) if near else None
        gap = BETWEEN_SAYINGS.search(left[: place[1]]) if place else None
        if gap:
            return verb.end() + gap.start()
    return len(sentence)
