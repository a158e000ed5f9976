"""Who did what to whom, and who said it, held against quotes. Pure rules for English, no parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.claims.names import CALENDAR, ROLES, TITLES, bare
from qa.claims.words import IRREGULAR, Text, Word, is_common, stem
from qa.places import countries_in

SAYING = frozenset(
    """said says say told tells warned warns added adds argued argues claimed claims announced announces insisted
    insists replied replies answered answers explained explains wrote writes stated states admitted admits
    denied denies predicted predicts promised promises noted notes estimated estimates reported reports
    confirmed confirms suggested suggests complained complains testified accused accuses blamed blames
    demanded demands urged urges called calls condemned condemns recalled recalls declared declares vowed vows
    lectures asked asks regarded regards disputed disputes rejected rejects disagreed""".split()
)
SPEECH = frozenset(
    """said says say told tells warned warns added adds argued argues claimed claims announced announces insisted
    insists replied replies answered answers explained explains wrote writes stated states admitted admits
    denied denies predicted predicts promised promises noted notes estimated estimates reported reports
    confirmed confirms suggested suggests complained complains testified recalled recalls declared declares
    vowed vows""".split()
)
BODIES = frozenset(
    stem(body)
    for body in """company firm agency government ministry court union club university hospital police officials
    organisation organization bank group campaign authorities department council team airline force""".split()
)
PRONOUNS = frozenset("he she they it who".split())
FINITE = frozenset(
    "is are was were be been had has have would will could can may might did does do must should".split()
)
UNCHANGED = frozenset("beat beats hit hits hurt hurts put puts cut cuts let lets quit quits".split())
"""Verbs whose past is as the present, and what they do to one."""

BEING = frozenset("is are was were been being be gets got".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words in a sentence: the words for who speaks, and for whom it is said to."""

    sentence: int
    speaker: frozenset[str]
    told: frozenset[str]
    pronoun: bool
    names: frozenset[str] = frozenset()

    def is_by(self, other: Attribution) -> bool:
        """Whether it may be by the speaker of the other one: where both are named, a name or a country is the same."""
        if bool(self.names) != bool(other.names) and BODIES & (self.speaker | other.speaker):
            return True  # "the company said", for its head's words
        if self.names and other.names:
            one, two = (countries_in(" ".join(sorted(each)))[0] for each in (self.names, other.names))
            return bool(self.names & other.names or one & two)
        return bool(self.speaker & other.speaker)


def swapped(claim: Text, evidence: Text) -> list[str]:
    """The verbs whose doer in a statement is whom it was done to in the quotes, and the other way round."""
    wrong = []
    named = {w.stem for w in claim.words if w.capital and w.content and bare(w) not in CALENDAR}
    for i, word in enumerate(claim.words):
        if not _verb(claim.words, i):
            continue
        doers, done_to = _sides(claim.words, i)
        if not doers or not done_to:
            continue
        if doers & named and done_to & named:
            doers, done_to = doers & named, done_to & named
        places = [j for j, other in enumerate(evidence.words) if other.stem == word.stem]
        sides = [_sides(evidence.words, j) for j in places]
        crossed = [s for s in sides if doers & s[1] and done_to & s[0]]
        straight = [s for s in sides if doers & s[0] or (done_to & s[1] and s not in crossed)]
        if (crossed and not straight) or _of_another(claim, i, evidence, places, sides):
            wrong.append(word.text)
    return wrong


def _of_another(
    claim: Text, at: int, evidence: Text, places: Sequence[int], sides: Sequence[tuple[set[str], set[str]]]
) -> bool:
    """Whether a verb has a name right before it that isn't the one before the same verb, of the same, in the quotes."""
    mine = _doer(claim, at)
    done_to = _sides(claim.words, at)[1]
    same = [j for j, side in zip(places, sides, strict=True) if done_to & side[1]]
    theirs = [_doer(evidence, j) for j in same]
    return bool(mine and theirs) and all(other and not other & mine for other in theirs)


def _doer(text: Text, at: int) -> frozenset[str]:
    """The names right before a verb, if it is active."""
    found: list[str] = []
    for word in reversed(text.words[:at]):
        if word.clause != text.words[at].clause or not (word.capital and word.content) or bare(word) in CALENDAR:
            break
        found += [bare(word), word.stem]
    return frozenset(found)


def misattributed(claim: Text, evidence: Text) -> list[str]:
    """The speakers of a statement whose words are somebody else's in the quotes."""
    theirs = attributions(evidence)
    wrong = []
    for mine in attributions(claim):
        if mine.pronoun or not mine.speaker:
            continue
        said = {w.stem for w in claim.words if w.content and bare(w) not in mine.speaker | mine.told}
        likely = _likely(said, evidence, theirs)
        if not likely or any(mine.is_by(other) for other in likely):
            continue
        if any(other.pronoun for other in likely) and mine.speaker & {bare(word) for word in evidence.words}:
            continue
        if all(other.speaker for other in likely):
            wrong.append(" ".join(w.text for w in claim.words if {bare(w), w.stem} & mine.speaker))
    return wrong


def attributions(text: Text) -> list[Attribution]:
    """Who says something in a text, sentence by sentence."""
    found = []
    words = text.words
    for i, word in enumerate(words):
        if word.low in SPEECH and not _noun(words, i):
            found.append(_attribution(text, i))
        elif word.low == "according" and i + 1 < len(words) and words[i + 1].low == "to":
            after = _run(text, words[i + 2 :])
            found.append(
                Attribution(
                    word.sentence, _who(after), frozenset(), any(w.low in PRONOUNS for w in after[:1]), _names(after)
                )
            )
    return found


def _attribution(text: Text, at: int) -> Attribution:
    words, verb = text.words, text.words[at]
    before = [w for w in words[:at] if w.sentence == verb.sentence and not _quoted(text, w)]
    after = _run(text, words[at + 1 :])
    gap = text.text[words[at - 1].end : verb.start] if at else ","
    if _inverted(gap, after) and not _behind_aside(text, at) and verb.low not in ("told", "tells"):
        return Attribution(verb.sentence, _who(after), frozenset(), after[0].low in PRONOUNS, _names(after))
    nearest = [w for w in before if w.clause == verb.clause]
    nearest = nearest if any(w.capital or w.content or w.low in PRONOUNS for w in nearest) else before
    pronoun = bool(nearest) and any(w.low in PRONOUNS for w in nearest[-2:])
    aside = text.text[verb.start - 2 : verb.start].strip() in (",", ")", "”")
    told = _who(after) if verb.low in ("told", "tells") else frozenset()
    speaker = before if aside or len(nearest) < 2 else nearest
    return Attribution(verb.sentence, _who(speaker), told, pronoun, _names(speaker))


def _inverted(gap: str, after: Sequence[Word]) -> bool:
    """Whether the speaker stands behind the verb: "…”, said Broome", not "Broome, the engineer, said the gates had"."""
    if not after:
        return False
    if re.search(r"[”\"’?!]", gap):
        return True
    tells_more = any(w.low in FINITE for w in after)
    opens = after[0].capital or after[0].low in ("the", "a", "an", "its", "his", "her", *PRONOUNS)
    return "," in gap and opens and not tells_more


def _behind_aside(text: Text, at: int) -> bool:
    """Whether a verb stands behind an aside, and so behind its subject: "Broome, the chief engineer, announced"."""
    aside = re.search(r",\s+(?P<words>(?:the|an?|who)\b[^,.;:“”\"\n]*),\s+$", text.text[: text.words[at].start])
    first = next((n for n, w in enumerate(text.words[:at]) if aside and w.start >= aside.start("words")), at)
    subject = [n for n, w in enumerate(text.words[:first]) if w.sentence == text.words[at].sentence]
    inside = range(first, at)
    told = [n for n in (*subject, *inside) if text.words[n].low in FINITE or _verb(text.words, n)]
    behind = text.words[at + 1 : at + 2]
    return bool(inside) and not told and not any(w.capital for w in behind)


def _run(text: Text, words: Sequence[Word]) -> list[Word]:
    """The first words, as far as the next mark and one aside after it."""
    run: list[Word] = []
    for word in words:
        between = text.text[run[-1].end : word.start] if run else ""
        if re.search(r"[.;:“”\"\n]", between) or word.low in ("that", "which") or len(run) > MOST_RUN:
            break
        if "," in between and not _aside(text, word):
            break
        run.append(word)
    return run


MOST_RUN = 14


def _aside(text: Text, first: Word) -> bool:
    """Whether what begins behind a comma says more of the one before it: another one closes it, and it has no verb."""
    rest = re.match(r"[^,.;:“”\"\n]*(?P<end>[,.]|$)", text.text[first.start :])
    opens = first.low in ("a", "an", "the", "who", "of") or first.capital
    return bool(opens and rest and rest["end"] == "," and not FINITE & set(rest.group().casefold().split()))


def _who(words: Sequence[Word]) -> frozenset[str]:
    """The words that tell who is meant: of names if there are any, else of anything."""
    names = {form for w in words if w.capital and bare(w) not in TITLES for form in (bare(w), w.stem)}
    return frozenset(names | {w.stem for w in words if w.content and not w.capital and w.low not in SAYING})


def _names(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(
        bare(w) for w in words if w.capital and w.content and not is_common(w.text) and bare(w) not in TITLES | ROLES
    )


def _likely(said: set[str], evidence: Text, theirs: Sequence[Attribution]) -> list[Attribution]:
    """The attributions of the sentences, or beside the sentences, in which what is said stands."""
    shared: dict[int, int] = {}
    for word in evidence.words:
        if word.stem in said:
            shared[word.sentence] = shared.get(word.sentence, 0) + 1
    best = max(shared.values(), default=0)
    near = [sentence for sentence, count in shared.items() if best and count >= 0.7 * best]
    own = [a for a in theirs if a.sentence in near]
    return own or [a for a in theirs if any(abs(a.sentence - sentence) <= 1 for sentence in near)]


def _noun(words: Sequence[Word], at: int) -> bool:
    """Whether a form like "reports" or "claims" is a noun there."""
    if words[at].low not in (
        "reports",
        "claims",
        "estimates",
        "notes",
        "answers",
        "states",
        "promises",
        "reported",
        "claimed",
        "estimated",
    ):
        return False
    return at == 0 or words[at - 1].low in (
        "the",
        "a",
        "an",
        "of",
        "its",
        "his",
        "her",
        "their",
        "was",
        "were",
        "is",
        "are",
        "two",
        "united",
        "been",
    )


def _quoted(text: Text, word: Word) -> bool:
    before = text.text[: word.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _verb(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.capital or not word.content or word.text[0].isdigit():
        return False
    if at and words[at - 1].low in FINITE - BEING - {"been"}:  # "will replace"
        return True
    return (
        word.low.endswith("ed")
        or IRREGULAR.get(word.low, word.low) != word.low
        or word.low in SAYING
        or word.low in UNCHANGED
    )


def _sides(words: Sequence[Word], at: int) -> tuple[set[str], set[str]]:
    """What stands before and after a verb in its clause; turned round where the verb is passive."""
    verb = words[at]
    clause = [w for w in words if w.clause == verb.clause and w.start != verb.start and (w.content or w.low == "us")]
    before = {w.stem for w in clause if w.start < verb.start and bare(w) not in ROLES | TITLES}
    after = {w.stem for w in clause if w.start > verb.start and bare(w) not in ROLES | TITLES}
    back = [w.low for w in words[max(0, at - 3) : at]]
    ahead = [w.low for w in words[at + 1 : at + 5] if w.clause == verb.clause]
    if BEING & set(back) and "by" in ahead:
        return after, before
    if BEING & set(back[-2:]) and (verb.low.endswith("ed") or IRREGULAR.get(verb.low, verb.low) != verb.low):
        return set(), before  # done to what stands before it, nobody knows by whom
    return before, after
