"""What an "else" leaves out: "Who else was hurt?" after an answer is asked besides what it said. Pure rules."""

from __future__ import annotations

import re

from qa.patterns import NUMBER
from qa.persons import SPOKE

OTHER = re.compile(
    r"\b(?:other|others|else|any more)\b(?! than\b)(?!.*\b(?:than|besides|apart from|except)\b)", re.IGNORECASE
)
BEGINS = re.compile(
    r"^(?:what|who|which|where|when|why|how|was|were|is|are|did|does|do|has|have|had|will|would|can|could|any|in|"
    r"on|at)\b",
    re.IGNORECASE,
)
PRONOUNS = frozenset("he she it they we i this that there".split())
VERB = re.compile(
    r"(?P<who>(?:[\w’'.“”\"-]+\s+){0,5}?)(?P<also>(?:also|then|later|again)\s+)?(?P<verb>was|were|is|are|had|has|have|"
    r"[a-z]{2,}ed|won|made|took|went|became|began|got|gave|left|held|wrote|sang|came|ran|led|spent|met|put|found|"
    r"built|"
    r"lost|said|told|sent|saw|set|hit|cut|fell|rose|kept|paid|sold|bought)\s+(?!by\b)(?P<rest>.+)"
)
TO_BE = {
    "was": "being",
    "were": "being",
    "is": "being",
    "are": "being",
    "had": "having",
    "has": "having",
    "have": "having",
}
IRREGULAR = dict(
    pair.split(":")
    for pair in """won:winning made:making took:taking went:going became:becoming began:beginning got:getting
    gave:giving left:leaving held:holding wrote:writing sang:singing came:coming ran:running led:leading spent:spending
    met:meeting put:putting found:finding built:building lost:losing said:saying told:telling sent:sending saw:seeing
    set:setting hit:hitting cut:cutting fell:falling rose:rising kept:keeping paid:paying sold:selling
    bought:buying""".split()
)
LED_IN = re.compile(r"^(?:In|On|At|For|After|During|By|From|With|As|Since|When|While|Before|Despite)\b[^,.]{1,60},\s+")
ATTRIBUTION = re.compile(rf",\s+[^,]{{2,60}}\s(?:{SPOKE})$|,\s+(?:{SPOKE})\s[^,]{{2,60}}$")
NOT_A_THING = re.compile(
    r"(?:in|on|at|for|by|to|because|due|when|while|as|so|if|before|yes|no|not|and|but)\b", re.IGNORECASE
)
LONGEST = 20
"""Words of an answer beyond which it is too much to be told again."""

SET_ASIDE = re.compile(
    r"^(?:besides|apart from|aside from|other than|in addition to)\s+[^?]+?,\s+(?=[a-z][^,]*\?)", re.I
)


def besides(question: str, answer: str) -> str | None:
    """The question with what the answer before it said set aside, if it asks for something else and that is short."""
    said = _said(answer)
    if not said or not OTHER.search(question) or not BEGINS.match(question):
        return None
    return f"Besides {_as_a_noun(said, question)}, {question[:1].lower()}{question[1:]}"


def without_besides(question: str) -> str:
    """The question without what it sets aside, which a search must not be pulled to."""
    asked = SET_ASIDE.sub("", question)
    return asked[:1].upper() + asked[1:]


def _said(answer: str) -> str | None:
    """The first words of an answer that make sense by themselves, if they are few."""
    answer = LED_IN.sub("", answer.strip())
    first = re.split(r"(?<=[a-z0-9\])”\"])[.;!?](?:\s|$)", answer.strip(), maxsplit=1)[0].strip(" ,.;:")
    first = ATTRIBUTION.sub("", first)
    words = first.split()
    if len(words) > LONGEST:
        cut = [m.start() for m in re.finditer(r",\s", first) if 3 <= len(first[: m.start()].split()) <= LONGEST]
        first = first[: cut[-1]] if cut else ""
    if re.search(r"don['’]t know", first) or first.count('"') % 2 or first.count("“") != first.count("”"):
        return None
    return None if not first or NOT_A_THING.match(first) else first


def _as_a_noun(said: str, question: str) -> str:
    """What was said, for use after a preposition: "winning the cup" for "She won the cup"."""
    found = VERB.fullmatch(said)
    if not found:
        return said
    who, verb = found["who"].strip(), found["verb"]
    doing = TO_BE.get(verb) or IRREGULAR.get(verb) or _doing(verb)
    known = not who or who.lower() in PRONOUNS or who.split()[-1].lower() in question.lower()
    return f"{'' if known else f'{_lower(who)} '}{doing} {found['rest']}"


def _doing(verb: str) -> str:
    stem = verb.removesuffix("ed")
    if verb.endswith("ied"):
        return f"{verb[:-3]}ying"
    return f"{verb[:-1]}ing" if verb.endswith("eed") else f"{stem}ing"


def _lower(who: str) -> str:
    first = who.split()[0]
    small = NUMBER.fullmatch(first) or first.lower() in "the a an his her its their this these some many most".split()
    return who[:1].lower() + who[1:] if small else who
