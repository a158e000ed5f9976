"""Words that say the opposite of what the quotes say. Pure rules for English."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from qa.claims.polarity import PREFIX, cues_in
from qa.claims.words import Text, Word, stem

OPPOSED = """
    more fewer, more less, rise fall, rose fell, increase decrease, increase decline, rise decline, rise drop,
    rise shrink, grow shrink, grow fall, climb fall, climb drop, gain lose, win lose, victory
    defeat, up down, higher lower, high low, highest lowest, high lowest, most fewest, most least, largest
    smallest, larger smaller, big small, biggest smallest, bigger smaller, longer shorter, long short, longest
    shortest, faster slower, fast slow, open close, open shut, opening closing, first last, start
    end, begin end, start finish, begin finish, accept reject, accept refuse, approve reject, approve oppose,
    adopt reject, support oppose, favour against, for against, back oppose, allow ban, permit ban, agree
    disagree, raise lower, raise cut, raise reduce, increase cut, increase reduce, buy sell, join leave, arrive
    leave, arrive depart, come go, north south, northern southern, east west, eastern western, left right, early
    late, earlier later, older younger, old new, better worse, best worst, strong weak, stronger weaker,
    strongest weakest, strengthen weaken, success failure, succeed fail, succeeded failed, safe dangerous, safe
    unsafe, guilty innocent, guilty acquitted, convict acquit, alive dead, survive die, pass fail, praise
    criticise, praise condemn, welcome condemn, welcome reject, confirm deny, true false, legal illegal, lawful
    unlawful, public private, rich poor, cheap expensive, cheaper dearer, above below, inside outside, over
    under, import export, hire fire, hire dismiss, appoint dismiss, arrest release, arrest free, lose find,
    extend shorten, extend cut, prolong shorten, expand shrink, peak trough, top bottom, majority minority, male
    female, man woman, day night, morning evening, morning afternoon, ahead behind, advance retreat, attack
    defend, friend enemy, ally enemy, hot cold, warm cold, warmest coldest, wet dry, full empty, near far,
    nearest farthest, heavy light, wide narrow, deep shallow, profit loss, earn lose, keep abandon, build
    demolish, close reopen, calm rough, resume suspend, resume halt, stop resume, stop continue, begin stop,
    start stop, continue end, relieve worry, rare common, urban rural, spring autumn, summer winter, husband
    wife, father mother, son daughter, brother sister, boy girl, always never, many few, everybody nobody,
    everyone nobody, all none, all some, minimum maximum, least most, double halve, cancel confirm, hurt unhurt,
    calm angry, likely unlikely, possible impossible, able unable, optimistic pessimistic, quick slow, sent
    received, send receive, give take, lend borrow, teach learn, sink float, sank floated, land take-off, victim
    attacker, winner loser, employer employee, seller buyer, cheer boo, ignore heed, heal wound, remember
    forget, include exclude, encourage discourage, love hate, trust distrust, well ill, healthy sick, sober
    drunk, tighten ease, tighten loosen, speed slow, deepen ease, worsen improve, improve deteriorate, permanent
    temporary, voluntary compulsory, domestic foreign, upper lower, senior junior, major minor, former current,
    previous next, exclude include, unanimous split, unanimously narrowly, narrowly comfortably, rose sank, soar
    plunge, surge slump, jump drop, uphold overturn, uphold quash, uphold strike, impose lift, extend lift, help hurt,
    survivor body, increase lower, resume collapse, approve block, allow block, approve veto, sign veto, praise blast,
    begin postpone, worsen offset, confirm dispute, play abandon, take lose
""".split(",")  # fmt: skip


UPWARDS = "rise climb soar surge jump grow gain increase raise rally".split()
DOWNWARDS = "fall drop dip slide tumble plunge slump sink decline decrease shrink slip trim".split()


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in (*(pair.split() for pair in OPPOSED), *product(UPWARDS, DOWNWARDS)):
        one, other = (stem(word) for word in pair)
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _opposites()
SMALL = frozenset("more most fewer less up down over under all some few for against first last".split())
"""Opposites that mean too many things: they count only where the words around them are the same."""

WINNING, DEFEAT = frozenset((stem("win"), stem("lose"))), stem("defeat")
NO_DENIALS = frozenset("unlike until under union unions unit units unite united unless unique university".split())
LONG = 5
"""Letters of a word that may be denied by a prefix."""

CLOSE = 3
"""Words on either side that tell what a word is about."""


def turned_round(claim: Text, evidence: Text) -> list[str]:
    """The words of a statement for whose opposite its quotes have: "rose" for "fell".

    Where the statement or a quote has both, they are told apart by their clauses ("profits rose and costs fell"); in
    one clause of the statement ("private as well as public") neither has taken the other's place.
    """
    wrong = []
    for i, word in enumerate(claim.words):
        others = OPPOSITES.get(word.stem, frozenset())
        if _is_of_a_game(claim.words, i, evidence):
            continue  # `qa.claims.order` knows who beat whom
        beside = {w.clause for w in claim.words if w.stem in others and w.sentence == word.sentence}
        if not others or word.clause in beside:
            continue
        same = [j for j, w in enumerate(evidence.words) if w.stem == word.stem]
        against = [j for j, w in enumerate(evidence.words) if w.stem in others]
        told = {(evidence.words[j].sentence, evidence.words[j].clause) for j in against}
        both = any(w.sentence == s and w.clause != c for w in (evidence.words[j] for j in same) for s, c in told)
        for about in (_in_clause,) if beside else (_around, _in_clause) if both else (_around,):
            mine = about(claim.words, i)
            own = max((len(mine & about(evidence.words, j)) for j in same), default=-1)
            rival = max((len(mine & about(evidence.words, j)) for j in against), default=-1)
            if rival > 0 and rival > own and not (same and word.low in SMALL and own > 0):
                wrong.append(word.text)
                break
    return wrong + _unprefixed(claim, evidence)


def _is_of_a_game(words: Sequence[Word], at: int, evidence: Text) -> bool:
    """Whether a word is one for winning and losing, and somebody beats somebody here or in the quotes."""
    word = words[at]
    beats = word.stem == DEFEAT and (word.low.endswith("ed") or any(w.capital for w in words[at + 1 : at + 2]))
    return beats or (word.stem in WINNING and bool({"beat", DEFEAT} & evidence.stems))


def _unprefixed(claim: Text, evidence: Text) -> list[str]:
    """Words of a statement that the quotes have with "un" or "non" before them, and not without: "vaccinated"."""
    denied = {stem(PREFIX.sub("", w.low)) for w in evidence.words if PREFIX.match(w.low) and w.low not in NO_DENIALS}
    mine = {stem(PREFIX.sub("", w.low)) for w in claim.words if PREFIX.match(w.low)}
    mine |= {w.stem for cue in cues_in(claim, "negation") for w in cue.scope}
    return [w.text for w in claim.words if w.stem in denied - mine - evidence.stems and len(w.text) >= LONG]


def _in_clause(words: Sequence[Word], at: int) -> set[str]:
    """The other content words of a word's clause."""
    word = words[at]
    return {w.stem for w in words if w.clause == word.clause and w.content and w is not word}


def _around(words: Sequence[Word], at: int) -> set[str]:
    """The content words near a word, in its sentence."""
    word = words[at]
    near = [
        w for w in words[max(0, at - 2 * CLOSE) : at + 2 * CLOSE + 1] if w.sentence == word.sentence and w is not word
    ]
    content = [w for w in near if w.content]
    before = [w for w in content if w.start < word.start][-CLOSE:]
    after = [w for w in content if w.start > word.start][:CLOSE]
    return {w.stem for w in (*before, *after)}
