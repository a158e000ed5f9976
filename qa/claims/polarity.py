"""What quotes deny, doubt, plan or pass on, and a statement asserts; or the other way round. Pure rules for English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.claims.words import Text, Word, stem

Sort = Literal["negation", "modality", "attribution"]

CUES: dict[Sort, re.Pattern[str]] = {
    "negation": re.compile(
        r"(?<!whether or )\bnot\b(?!\s+(?:only|just|least)\b)|\b\w+n[’']t\b|\bcannot\b|"
        r"\bno\b(?!\.|\s+(?:fewer|less|more|later)\s+than)|"
        r"\b(?:never|nobody|none|nothing|neither|nor|without|unable|nowhere)\b|"
        r"\b(?:fail(?:s|ed|ing|ure)?|refus(?:es|ed|ing|al|e)|declin(?:es|ed|ing|e))\s+to\b|"
        r"\b(?:turn(?:s|ed|ing)? down|thr(?:ew|own) out|struck down|vot(?:es?|ed|ing) down|veto(?:e[sd])?|"
        r"spurn(?:s|ed))\b|"
        r"\b(?:den(?:y|ies|ied|ying|ial)|ruled out|rul(?:es?|ing) out|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)\b|"
        r"\b(?:hardly|barely|unlikely|lack(?:s|ed|ing)?)\b|\bfar from\b|\binstead of\b|\brather than\b|"
        r"\b(?:nearly|almost)\b(?=\s+(?!(?:doubled|tripled|halved|quadrupled|hundred)\b)[a-z]+(?:ed|en|st)\b)|"
        r"\b(?:doubts? (?:that|whether)|myth that|came close to|stopped short of)\b|"
        r"\b(?:clear(?:s|ed)?|acquitt(?:ed|al))\s+(?:\w+\s+)?of\b|"
        r"\bprevent(?:s|ed|ing)?\b(?=[^.,;:]*\bfrom \w+ing\b)",
        re.IGNORECASE,
    ),
    "modality": re.compile(
        r"(?-i:(?<=[a-z’”\"] )\bmay\b)|\b(?:might|could|possibl[ey]|perhaps|allegedly|alleged|suspected|reportedly|"
        r"apparently|"
        r"presumed|likely|probably|potential|potentially|if|unless)\b|\b(?:plan(?:s|ned|ning)?|expect(?:s|ed|ing)?|"
        r"hop(?:es?|ed|ing)|want(?:s|ed|ing)?|threaten(?:s|ed|ing)?|intend(?:s|ed|ing)?|seek(?:s|ing)?|sought|"
        r"aim(?:s|ed|ing)?|due|scheduled|propos(?:es?|ed|ing)|attempt(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|"
        r"consider(?:s|ed|ing)?|offer(?:s|ed)?|agreed|ready|willing|order(?:s|ed)?|ask(?:s|ed|ing)|urg(?:es?|ed|ing)|"
        r"vow(?:s|ed)?|promis(?:es|ed))\s+(?:\w+\s+){0,3}?to\b|\b(?:accus(?:es?|ed|ing)|suspect(?:s|ed)?)\b|"
        r"\bcharged with\b|\bcharges (?:of|that)\b|\bon trial (?:for|over)\b|"
        r"\b(?:propos(?:al|es|ed)|demand(?:s|ed|ing)?|call(?:s|ed|ing)? (?:for|on)|threat(?:s|ened)?)\b",
        re.IGNORECASE,
    ),
    "attribution": re.compile(
        r"\baccording to\b(?!\s+(?:[\w-]+\s+){0,4}?(?:stud(?:y|ies)|data|figures|reports?|statement|survey|polls?|"
        r"papers|documents?|filings?|records|research|analysis|results|statistics)\b)|\b(?:claim(?:s|ed|ing)?|alleg(?:es?|ing)|believ(?:es?|ed|ing)|suspects?|"
        r"speculat(?:es?|ed)|insist(?:s|ed)?)\b(?!\s+(?:responsibility|the lives?))",
        re.IGNORECASE,
    ),
}
SOFT = re.compile(
    r"\b(?:will|would|should|can|to be|going to|next|future|would-be|as if|whether|appears?|seems?|thought|"
    r"denied|wish(?:es|ed)?|idea|plans?|set to)\b",
    re.IGNORECASE,
)
"""Other words by which a statement leaves open whether something is so."""

SAID = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|tells?|according|report(?:s|ed)|announc(?:es|ed)|warn(?:s|ed)|argu(?:es|ed)|"
    r"add(?:s|ed)|"
    r"stat(?:es|ed)|spoke|account|view|answer(?:s|ed)|repl(?:ies|ied)|think(?:s)?|thought|call(?:s|ed)|"
    r"describ(?:es|ed)|"
    r"blam(?:es|ed)|not(?:es|ed)|estimat(?:es|ed)|"
    r"testif(?:ies|ied)|wr(?:ites|ote)|in the words of|put|accus(?:es|ed))\b",
    re.IGNORECASE,
)
SCOPE_ENDS = re.compile(r"[,;:.!?–—\"“”()]|\b(?:but|while|although|because|which|who)\b", re.IGNORECASE)
REFUSED = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
VERB = re.compile(r"denied|rejected|dismissed|vetoed|spurned|(?:turned|struck|voted) down|thrown out", re.IGNORECASE)
"""A form of "be", and verbs behind which it makes a passive: what stands before them is denied."""

REJECTING = re.compile(r"reject|dismiss|den[yi]|turn|thr|struck|vot|veto|spurn", re.IGNORECASE)
"""Verbs whose object may stand anywhere behind them."""

PREFIX = re.compile(r"(?:un|non-?)(?=\w{4})")
THAT = re.compile(r"\s+(?:\w+\s+){0,2}?that\s+")
CONDITION = re.compile(
    r"\b(?:unless|only if|provided that|on condition that|as long as|"
    r"(?<!ask )(?<!asked )(?<!see )(?<!know )(?<!even )(?<!what )(?<!as )(?<!wonder )(?<!and )(?<!or )if)\b"
    r"[^,.;:“”\"]*",
    re.IGNORECASE,
)
OPEN = re.compile(r"\b(?:may|might|could|would|should|depends?)\b")
WILL = re.compile(r"\b(?:will|would|can|shall)\b|[’']ll\b", re.IGNORECASE)
NEAR, FAR = 2, 6
"""Content words behind a cue: those that it surely bears on, and those that it may."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of negation or doubt, and the content words after it in its clause; the earlier the more it is of them."""

    text: str
    start: int
    scope: tuple[Word, ...]


def cues_in(text: Text, sort: Sort) -> list[Cue]:
    """The cues of one sort, in order."""
    found = []
    for match in CUES[sort].finditer(text.text):
        if sort == "negation" and REFUSED.search(text.text[: match.start()]) and VERB.fullmatch(match.group()):
            found.append(Cue(match.group(), match.start(), _subject(text, match.start())))
            continue
        ends = SCOPE_ENDS.search(text.text, match.end() + 1)
        limit = ends.start() if ends else len(text.text)
        scope = tuple(w for w in text.words if match.end() <= w.start < limit and w.content)[:FAR]
        that = THAT.match(text.text, match.end(), limit)
        if that and sort == "negation":  # what is denied is what is said to be done, not the one who did it
            told = [w for w in text.words if that.end() <= w.start < limit and w.content]
            scope = (*[w for w in told if not w.capital], *[w for w in told if w.capital])[:FAR]
        found.append(Cue(match.group(), match.start(), scope))
    return found


def _prefixed(words: Sequence[Word], text: Text) -> bool:
    """Whether a text has a word's denial in one: "unhurt" for "not hurt"."""
    roots = {word.stem for word in words}
    return any(PREFIX.match(w.low) and stem(PREFIX.sub("", w.low)) in roots for w in text.words)


def _subject(text: Text, at: int) -> tuple[Word, ...]:
    """The content words before a place in its clause, the nearest first."""
    clause = next((w.clause for w in text.words if w.start >= at), None)
    return tuple(w for w in reversed(text.words) if w.end <= at and w.clause == clause and w.content)[:FAR]


def negated_otherwise(claim: Text, evidence: Text) -> list[str]:
    """The words that a statement denies and its quotes don't, or that the quotes deny and the statement doesn't."""
    mine, theirs = cues_in(claim, "negation"), cues_in(evidence, "negation")
    known = evidence.stems
    denied = {word.stem for cue in theirs for word in cue.scope} | {
        w.stem for c in theirs for w in _before(c, evidence)
    }
    wrong = []
    same = {stem(cue.text.split()[0]) for cue in theirs}
    for cue in mine:
        if REJECTING.match(cue.text) and stem(cue.text.split()[0]) in same:
            continue
        near = cue.scope if REJECTING.match(cue.text) else cue.scope[:NEAR]
        own = {word.stem for word in near} | {w.stem for w in _before(cue, claim)}
        if near and not own & denied and (not theirs or own & known) and not _prefixed(near, evidence):
            wrong.append(f"{cue.text} {near[0].text}")
    open_in_claim = _open(claim, mine)
    open_in_quotes = _open(evidence, theirs)
    for cue in theirs:
        opened = [word for word in cue.scope[:1] if word.stem in open_in_claim and word.stem not in open_in_quotes]
        opened = [] if _prefixed(cue.scope[:1], claim) else opened
        wrong += [word.text for word in opened]
    return wrong


def asserted(claim: Text, evidence: Text) -> list[str]:
    """The words that a statement gives for fact, and its quotes for possible, planned or suspected."""
    if cues_in(claim, "modality") or cues_in(claim, "attribution") or SOFT.search(claim.text):
        return []
    theirs = cues_in(evidence, "modality")
    settled = _open(evidence, theirs)
    stems = claim.stems
    return [
        word.text
        for cue in theirs
        for word in cue.scope[:1]
        if word.stem in stems and word.stem not in settled and not SAID.search(claim.text[: _place(claim, word.stem)])
    ]


def unconditional(claim: Text, evidence: Text) -> list[str]:
    """The conditions on which the quotes say something, where the statement says it without any."""
    if CONDITION.search(claim.text) or OPEN.search(claim.text):
        return []
    mine = {word.stem for word in claim.words if word.content}
    found = []
    for words in _sentences(evidence).values():
        start, end = words[0].start, words[-1].end
        for match in CONDITION.finditer(evidence.text, start, end):
            own = {w.stem for w in words if match.start() <= w.start < match.end() and w.content}
            others = {w.stem for w in words if w.content and not match.start() <= w.start < match.end()}
            told = WILL.search(evidence.text, start, end)
            if told and own and len(mine & others) > len(mine) / 2 and 3 * len(mine & own - others) <= len(own):
                found.append(match.group())
    return found


def unattributed(claim: Text, evidence: Text) -> list[str]:
    """Those according to whom something is so, where the statement doesn't say that anybody says it."""
    if SAID.search(claim.text) or cues_in(claim, "attribution") or cues_in(claim, "modality"):
        return []
    mine = {word.stem for word in claim.words if word.content and not word.capital}
    best, sentence = max(
        ((len(mine & {w.stem for w in words}), -n) for n, words in _sentences(evidence).items()), default=(0, 0)
    )
    if not best:
        return []
    inside = _sentences(evidence)[-sentence]
    start, end = inside[0].start, inside[-1].end
    return [
        " ".join([cue.text, *(word.text for word in cue.scope[:NEAR])])
        for cue in cues_in(evidence, "attribution")
        if start <= cue.start <= end
    ]


def _open(text: Text, cues: Sequence[Cue]) -> frozenset[str]:
    """The stems that stand in a text outside the scope of all cues."""
    shut = {word.start for cue in cues for word in cue.scope} | {w.start for c in cues for w in _before(c, text)}
    return frozenset(word.stem for word in text.words if word.content and word.start not in shut)


def _before(cue: Cue, text: Text) -> list[Word]:
    """The content word before a cue that denies it: "arrested nobody", "had none", "is unlikely"."""
    if cue.text.lower() not in ("nobody", "none", "nothing", "no", "neither", "without"):
        return []
    before = [word for word in text.words if word.end <= cue.start and word.content]
    return before[-1:] if before and cue.start - before[-1].end < 3 else []


def _sentences(text: Text) -> dict[int, list[Word]]:
    found: dict[int, list[Word]] = {}
    for word in text.words:
        found.setdefault(word.sentence, []).append(word)
    return found


def _place(text: Text, root: str) -> int:
    return next((word.start for word in text.words if word.stem == root), 0)
