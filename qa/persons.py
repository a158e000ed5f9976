"""The people that a conversation has named, for "he" and "she" to refer to. Pure rules for English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from qa.mentions import BEING, DOING, HAVING, STOPS
from qa.patterns import NAME, TIME
from qa.places import countries_in

NO_NAME = STOPS | BEING | HAVING | DOING | frozenset(
    """the a an according however meanwhile unlike like many several following two three four i'm i'd i've i’m i’d
    i’ve it's it’s that's that’s if but""".split()
)  # fmt: skip
"""What is no name, though it may begin a sentence with a capital."""

Sex = Literal["he", "she"]

SPOKE = r"said|told|added|warned|asked|wrote|argued|replied|says|explained|insisted|announced|admitted|denied|recalled"
SPEAKER = re.compile(
    rf"\b(?:{SPOKE})\s+(?P<after>{NAME.pattern})|(?P<before>{NAME.pattern})(?:,[^,.]{{1,80}},)?\s+(?:{SPOKE})\b"
)
TITLE = re.compile(r"\b[a-z]+(?:man|woman|or|er|ist|ant|ent)\s$")
PERSONAL = re.compile(
    r"\s*(?:['’]s?\s+(?:wife|husband|father|mother|son|daughter|brother|sister|career|life|death|lawyer|parents|family)"
    r"\b|,\s+\d\d\b|\s+(?:was born|is survived|died|married|retired|resigned|grew up)\b)"
)
NO_PERSON = re.compile(
    r"\b(?:Council|Bridge|Board|Party|United|City|Town|FC|Union|University|College|School|River|Street|Road|Island|"
    r"Court|Bank|Museum|Museums|Hospital|Airport|Company|Corporation|Group|Inc|Ltd|Times|Post|News|Mirror|Ministry|"
    r"Department|Agency|Association|Committee|Commission|Parliament|Senate|House|Congress|Army|Navy|Police|Force|League|"
    r"Cup|Championships?|Games|Awards?|Prize|Medal|Act|Festival|Valley|Dam|Lake|Mount|Sea|Ocean|Coast|Ridge|Hall|Church|"
    r"Records|Theatre|Theater|Show|Conference|Summit|Treaty|War|Day|Week|Street|Square|Tower|County|State|Club|Center|Centre|Institute|"
    r"Security|Office|Corps|Plaza|Images|Transit|Guard|North|South|East|West|New|American|European|British)\b"
)
WEIGHTS = (4.0, 1.5, 1.5)
"""What it counts to be named in a question as asked, as understood, and in its answer."""

AGE = 0.5
"""By how much what was said a turn earlier counts less."""

TITLES = frozenset(
    """Mr Mrs Ms Miss Dr Sir Dame Lord Lady Professor Prof President Mayor Minister Senator Representative Judge Captain
    Sergeant Inspector King Queen Prince Princess Pope Chancellor Governor Secretary General Colonel Councillor Justice
    Congressman Congresswoman Chief Coach Director Commissioner""".split()
)
NOT_BEFORE = re.compile(
    r"(?:\b(?:an?|the|in|at|near|of the|for the|for|to the|as|the \d{4}|(?:in|of|at|from|near|the)(?: [a-z]+){1,2})\s"
    r"|[“\"‘])$",
    re.IGNORECASE,
)
"""What stands before places, works and prizes rather than before people."""

ACTING = re.compile(
    r"\s+(?:[a-z]+ly\s+|also\s+|again\s+|then\s+|never\s+|still\s+)?(?:was|is|had|has|did|does|could|would|will|can|went|made|took|began|won|lost|built|"
    r"got|gave|left|held|wrote|sang|came|became|ran|led|spent|fought|met|saw|put|stood|says|wants?|sued|\w{3,}ed)\b"
)
NUMBERED = re.compile(r"\s+\d")
"""After what names an event or a thing: "the Daytona 500"."""

ASKED_OF = re.compile(r"(?:^|\s)(?:did|does|was|is|has|had|will|would|can)\s$", re.IGNORECASE)
LEAST = 0.5
"""What somebody must reach to be taken for a person at all."""

SHE = re.compile(r"\b(?:she|her|hers|herself)\b|\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess)\b|\w+woman\b", re.IGNORECASE)
HE = re.compile(r"\b(?:he|his|him|himself)\b|\b(?:Mr|Sir|Lord|King|Prince|Pope)\b|\w{3,}man\b", re.IGNORECASE)


class Said(NamedTuple):
    """What a turn said: the question as asked and as understood, without its first word, and the answer."""

    asked: str
    understood: str
    answered: str


def person(talk: Sequence[Said], sex: Sex | None, without: Sequence[str] = ()) -> str | None:
    """Who "he" or "she" is, after what was said, the earliest first: named lately, often, or as a speaker.

    It is none of `without`; `None` when nobody else is named.
    """
    everything = " ".join(text for said in talk for text in said)
    answers = [said.answered for said in talk]
    ranked: list[tuple[float, str]] = []
    for age, said in enumerate(reversed(talk)):
        for weight, text in zip(WEIGHTS, said, strict=True):
            for place, (name, sure) in enumerate(_named(text, everything)):
                if _key(name) not in map(_key, without) and (not sex or sex_of(name, answers) in (sex, None)):
                    ranked.append((weight * sure / (1 + AGE * age) - 0.01 * place, name))
    total: dict[str, float] = {}
    for score, name in ranked:
        total[_key(name)] = total.get(_key(name), 0.0) + score
    if not ranked or max(total.values()) < LEAST:
        return None
    best = max(ranked, key=lambda each: (total[_key(each[1])], each[0]))[1]
    return _fullest(best, everything)


def people(text: str, everything: str) -> list[str]:
    """The people that a text names, in full where `everything` around it has that, each once."""
    found = (_fullest(name, everything) for name, _ in _named(text, everything))
    return list({_key(name): name for name in found}.values())


def _named(text: str, everything: str) -> list[tuple[str, float]]:
    """The people that a text names, each with how surely it is one."""
    speakers = {match["after"] or match["before"] for match in SPEAKER.finditer(text)}
    found: dict[str, float] = {}
    for match in NAME.finditer(text):
        name = _trimmed(match.group())
        sure = _personal(name, text, match, speakers, everything) if name else 0.0
        if sure:
            found[name] = max(found.get(name, 0.0), sure)
    return list(found.items())


def _trimmed(name: str) -> str:
    """A run of capitalised words without small words, days and titles around it, and without the possessive."""
    words = re.sub(r"['’]s?$", "", name).split()
    titles = [i for i, word in enumerate(words) if word.rstrip(".") in TITLES]
    words = words[titles[-1] + 1 :] if titles else words
    while words and (words[0].lower() in NO_NAME or TIME.fullmatch(words[0])):
        words = words[1:]
    while words and words[-1].lower() in NO_NAME:
        words = words[:-1]
    return " ".join(words)


def _personal(name: str, text: str, match: re.Match[str], speakers: set[str], everything: str) -> float:
    """How surely a name is a person's: 0 where something speaks against it."""
    if NO_PERSON.search(name) or not countries_in(name)[1].strip() or name.isupper() or len(name.split()) > 4:
        return 0.0
    before, after = text[: match.start()], text[match.end() :]
    if NUMBERED.match(after) and before.lower().endswith("the "):
        return 0.0
    if match.group() in speakers and not _is_it(name, everything):
        return 2.0
    if NOT_BEFORE.search(before):
        return 0.0
    owner = match.group().endswith(("'s", "’s"))
    if TITLE.search(before) or name.split()[0] != re.split(r"\s", match.group())[0] or PERSONAL.match(after):
        return 1.5
    known = len(re.findall(rf"\b{re.escape(name.split()[-1])}\b", everything)) > 1
    acts = owner or bool(ACTING.match(after) or ASKED_OF.search(before))
    if " " not in name and name.endswith("s") and not known and re.search(r"(?:^|[.!?]\s)$", before):
        return 0.0
    if " " not in name:
        return 0.9 * acts + 0.4 * known if acts or known else 0.0
    sure = 0.5 + 0.5 * known + 0.4 * acts
    return sure * (0.4 if re.search(r"\b(?:on|of|from|by|with|and|for|as|including)\s$", before) else 1.0)


def _is_it(name: str, text: str) -> bool:
    """Whether a text speaks of what a single word names as of a thing: "Southwest cut its schedule"."""
    own = re.escape(name)
    return " " not in name and bool(re.search(rf"\b{own}(?:['’]s)?\s(?:[^.!?,;“\"]{{0,60}}\s)?(?:its|itself)\b", text))


def _fullest(name: str, everything: str) -> str:
    """The name in full, where the conversation has it: "Ines Falk" for "Falk"."""
    return name if " " in name else full_names(everything).get(name, name)


def full_names(text: str) -> dict[str, str]:
    """The full names in a text by family name, the first each; without those that two people share."""
    full: dict[str, str] = {}
    shared = set()
    for match in NAME.finditer(text):
        words = _trimmed(match.group()).split()
        name = " ".join(words)
        if 1 < len(words) <= 3 and words[0] != words[-1] and not NO_PERSON.search(name) and not countries_in(name)[0]:
            first = full.setdefault(words[-1], name)
            if first.split()[0] != words[0]:
                shared.add(words[-1])
    return {last: name for last, name in full.items() if last not in shared}


def _key(name: str) -> str:
    return name.split()[-1].casefold()


def sex_of(name: str, answers: Sequence[str]) -> Sex | None:
    """Whether the answers call somebody "he" or "she": by the first such word soon after the name."""
    last = name.split()[-1]
    for text in answers:
        for match in re.finditer(rf"\b{re.escape(last)}\b", text):
            near = text[max(0, match.start() - 25) : match.end() + 120]
            she, he = SHE.search(near), HE.search(near)
            if she or he:
                return "she" if she and (not he or she.start() < he.start()) else "he"
    return None
