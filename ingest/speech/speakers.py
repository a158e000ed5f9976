"""Who it is that says something: the words before or after a verb of saying that name a speaker. Pure, no model.

A speaker is a name, or a phrase whose head is a word for people or for a body that speaks. What merely has writing on
it (a sign, a letter, a poll) is none.
"""

from __future__ import annotations

import re
from typing import Literal

from qa.sentences import Span

Kind = Literal["he", "she", "person", "body", "many"]
"""What a speaker may be called afterwards; a `person` may be either "he" or "she"."""

PRONOUNS = frozenset({"he", "she", "it", "they"})

PEOPLE = frozenset(
    """academic activist admiral adviser aide ambassador analyst archbishop artist astronaut attorney auditor
    aunt author banker baker bishop boss boy broker brother builder campaigner candidate captain chair chairman
    chairwoman champion chancellor chief citizen clerk client coach colleague colonel columnist commander
    commentator commissioner conductor constable consultant contractor coroner correspondent councillor counsel
    critic customer dad daughter dealer defendant delegate deputy detective diplomat director doctor driver
    economist editor employee engineer envoy executive expert father farmer fighter firefighter fisherman
    founder friend general geologist girl governor guard head historian host inspector investigator investor
    journalist judge king lawmaker lawyer leader lecturer lieutenant local major man manager marshal master
    mayor mechanic medic member minister mother mum negotiator neighbour neighbor novelist nurse officer
    official one operator opponent organiser organizer other owner parent paramedic passenger pastor pilot
    player policeman policewoman politician pope premier president priest prince princess principal producer
    professor prosecutor protester queen ranger refugee regulator relative reporter representative rescuer
    researcher resident rival sailor scholar scientist secretary senator sergeant sheriff shopkeeper sister
    skipper soldier son source spokesman spokesperson spokeswoman specialist student supervisor supporter
    surgeon survivor suspect teacher technician tenant trader trainer treasurer trustee uncle veteran victim
    villager volunteer wife husband winner witness woman worker writer""".split()
)
BODIES = frozenset(
    """administration agency airline airport alliance army assembly association authority bank board broadcaster brigade
    brass bureau cabinet campaign charity chiefs church club coastguard commission committee company congress consortium
    council court department embassy employer family federation firm fleet force foundation government group guard
    hospital institute institution junta manufacturer maker military militia ministry mission movement museum navy
    newspaper office operator opposition organisation organization paper parliament party police prosecution publisher
    railway regulator retailer school service side society station supplier team tribunal troops unit university union
    watchdog""".split()
)
MANY = frozenset("police people brass men women others some many both troops chiefs two three four several".split())
WRITINGS = frozenset(
    """act advert agreement article banner bible book bill caption charter chart clause code constitution contract
    document draft email entry figure form graffiti guide headline instruction invitation label law leaflet legend
    letter list log manifesto map memo menu message note notice order page paper-work placard plaque plan policy poll
    post poster proverb quote record report reuters/ipsos review rule rumour rumor saying sign statement statute
    sticker story study subtitle summary survey text thermometer title transcript treaty tweet verse version warning
    website""".split()
)
BY_ENDING = re.compile(r"[a-z]{2}(?:man|woman|ologist|ician|person|maker|holder|keeper|worker|leader|fighter|player)$")
DATA = frozenset("data figures statistics records documents results estimates polling".split())
PLURALS = (("women", "woman"), ("men", "man"), ("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("s", ""))
NO_SPEAKER = frozenset("nobody none nothing neither no-one everyone everything anyone i we you who which what".split())
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)
DETERMINERS = frozenset("the a an this that these those its his her their our my another".split())
INNER = frozenset("of for at from in with and & near on to".split())
"""Words that may stand within a phrase; an article may follow them."""

TO_WHOM = frozenset("ambassador envoy adviser aide candidate heir secretary representative".split())
NOT_IN_A_PHRASE = frozenset(
    """is was were are be been being has had have having would will could can may might shall should must do does did
    not never who which that what how why when where while because if unless than whether but or as after before until
    since then there here so yet however although though he she it they i we you him them us me said says say told
    according about by into over under through during between against wasn't weren't isn't don't didn't doesn't won't
    no nobody nothing reports came went took made got saw left found""".split()
)
NAME_WORD = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’'.&-]*$")
NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady)\.?\s+)?[^\W\d_a-zß-öø-ÿ][\w’'-]*"
    r"(?:\s+(?:(?:de|da|di|van|von|der|den|la|le|al|bin|ibn|dos)\s+)*[^\W\d_a-zß-öø-ÿ][\w’'.-]*){0,4}"
)
LEAD = re.compile(
    r"(?:(?:and|but|so|yet|then|still|meanwhile|however|now|instead|also|when|as|while|after)\s+|"
    r"(?:(?:late|early)\s+)?(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+(?:(?:morning|afternoon|evening|"
    r"night)\s+)?|(?:last|this)\s+(?:week|month|year)\s+)+",
    re.IGNORECASE,
)
BEFORE_A_CLAUSE = re.compile(r".*\b(?:and|but|while|when|as|though|although|where|whereas|yet)\s+", re.IGNORECASE)
ASIDE = re.compile(
    r"(?:a|an|the|who|whose|which|one|now|then|also|formerly|himself|herself|aged|both|[\w’-]+ing|\d+|his|her|its|their|"
    r"speaking|whom|of|from|head|chief|president|chairman|director|professor)\b",
    re.IGNORECASE,
)
AFTER_A_NAME = re.compile(
    r"\s+(?:on|in|at|from|after|before|when|while|as|during|outside|through|via|who|to|with|by|late|early|last|this|"
    r"yesterday|today|over|about|following|near|inside|because|and)\s.*$",
    re.DOTALL,
)
AFTER_A_PHRASE = re.compile(
    r"\s+(?:(?:on|late|early|last|this|yesterday|today|after|before|when|while|as|during|who|outside|through|via|by)\b|"
    r"in\s+(?:a|an|the|his|her|its|their)\b).*$",
    re.DOTALL,
)
HE = re.compile(r"\b(?:Mr|Sir|Lord|[a-z]*(?:man|father|brother|son|king|prince|husband|boy|uncle|pope|dad))\b")
SHE = re.compile(
    r"\b(?:Ms|Mrs|Miss|Dame|Lady|[a-z]*(?:woman|mother|sister|daughter|queen|princess|wife|girl|aunt|mum))\b"
)


def bare(speaker: str) -> str:
    """A speaker as stored: one line, without the article "the"."""
    return re.sub(r"^[Tt]he\s+", "", " ".join(speaker.split()))


def kind_of(speaker: str) -> Kind:
    """Whether a speaker is one person, a body, or several."""
    words = speaker.split()
    named_body = words[0].lower() == "the" and len(words) > 1 and _named(speaker)
    words = bare(speaker).split()
    head = _head(words)
    if re.search(r"\sand\s", speaker) or words[0].lower() in MANY or head in MANY:
        return "many"
    if named_body or head in BODIES or (head.isupper() and len(words) == 1):
        return "body"
    if _singular(head) != head and _singular(head) in PEOPLE and not NAME_WORD.match(words[-1]):
        return "many"
    if SHE.search(speaker):
        return "she"
    return "he" if HE.search(speaker) else "person"


def is_speaker(phrase: str) -> bool:
    """Whether a phrase, pronouns aside, names somebody who can speak."""
    words = phrase.split()
    if not 1 <= len(words) <= 12 or not _well_formed(words):
        return False
    last = _head_word(words)
    head = _singular(last.lower())
    if words[-1] in DATA or (len(words) > 1 and words[-1] in WRITINGS and NAME_WORD.match(words[-2])):
        return False
    if head in WRITINGS or head in CALENDAR or last.lower() in NO_SPEAKER:
        return False
    known = head in PEOPLE or head in BODIES or last.lower() in MANY or bool(BY_ENDING.search(head))
    return known or bool(NAME_WORD.match(last))


def before_verb(left: str) -> tuple[Span, int] | None:
    """The speaker that ends what stands before a verb, asides between commas apart, and where the phrase begins."""
    trimmed = left.rstrip()
    aside_closed = trimmed.endswith(",")
    parts = list(re.finditer(r"[^,]+", trimmed))
    if not parts:
        return None
    place = len(parts) - 1
    if aside_closed:
        return _beside_asides(trimmed, parts, place)
    found = _in_part(parts[place])
    listed = found and place and re.search(r"\band\b", trimmed[parts[place].start() : found[1]])
    if listed and _in_part(parts[place - 1]):
        return None  # the end of a list of speakers
    return (found, found[0]) if found else None


def after_verb(right: str) -> Span | None:
    """The speaker that begins what follows a verb ("said Vale, who…")."""
    stretch = re.match(r"\s*([^,.;:“”\"‘\n?!]|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bMs)\.|(?<=\bDr)\.|(?<=\b[A-Z])\.)*", right)
    if not stretch or not stretch[0].strip():
        return None
    phrase = stretch[0]
    if NAME_WORD.match(phrase.split()[0]):
        of = re.search(r"\s+of\s+(?:the\s+)?[A-Z].*$", phrase)
        name = phrase[: of.start()] if of else phrase
        kept = AFTER_A_NAME.sub("", name)
        kept += AFTER_A_NAME.sub("", of[0]) if of and kept == name else ""
    else:
        kept = AFTER_A_PHRASE.sub("", phrase)
    kept = re.sub(r"\s+(?:earlier|later|recently|again|then|also|once)\s*$", "", kept)
    start = len(kept) - len(kept.lstrip())
    end = len(kept.rstrip())
    if not is_speaker(kept):
        return None
    apposed = re.match(rf",\s+(?P<name>{NAME.pattern})(?=\s*[,.;])", right[end:])
    if apposed and end == len(phrase.rstrip()) and not _named(kept):
        return end + apposed.start("name"), end + apposed.end("name")
    return start, end


def _beside_asides(text: str, parts: list[re.Match[str]], place: int) -> tuple[Span, int] | None:
    """The speaker before an aside ("Weiss, a retired general,"), or in one that is a name ("the mayor, Ida Weiss,")."""
    while place > 0:
        start, end = _trim(text, *parts[place].span())
        aside, found = text[start:end], _in_part(parts[place - 1])
        if NAME.fullmatch(aside) and found:
            return found if _named(text[found[0] : found[1]]) else (start, end), found[0]
        if not ASIDE.match(aside):
            return None
        if found:
            title = _singular(text[found[0] : found[1]].split()[0]) in PEOPLE
            found = (_in_part(parts[place - 2]) if title and place > 1 else None) or found
            return found, found[0]
        place -= 1
    return None


def _in_part(part: re.Match[str]) -> Span | None:
    """The speaker that a stretch between commas is, after what only leads up to it."""
    stretch, offset = part[0], part.start()
    start, end = _trim(stretch, 0, len(stretch))
    lead = LEAD.match(stretch, start, end)
    for begin in dict.fromkeys((lead.end() if lead else start, _clause(stretch, end))):
        phrase = stretch[begin:end]
        if phrase.lower() in PRONOUNS or is_speaker(phrase):
            return offset + begin, offset + end
    return None


def _clause(stretch: str, end: int) -> int:
    found = BEFORE_A_CLAUSE.match(stretch, 0, end)
    return found.end() if found else 0


def _trim(text: str, start: int, end: int) -> Span:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())


def _well_formed(words: list[str]) -> bool:
    """Whether words can be one phrase: no verb, nothing that begins a clause, an article only where one may stand."""
    for n, word in enumerate(words):
        lower = word.lower().replace("’", "'")
        if lower in NOT_IN_A_PHRASE and not (n and NAME_WORD.match(word)):
            return False
        if n == 0 and lower in INNER:
            return False
        if lower == "to" and _singular(words[n - 1].lower()) not in TO_WHOM:
            return False
        if n and words[n - 1] == "on" and lower in CALENDAR:
            return False
        if n and lower in DETERMINERS and words[n - 1].lower() not in INNER:
            return False
        if n and lower.endswith("ed") and word.islower() and lower not in ("retired", "united", "elected", "armed"):
            return False
    return words[-1].lower() not in INNER and not _two_things(words)


def _two_things(words: list[str]) -> bool:
    """Whether a name follows a phrase that is something else: "an experience Ida Weiss"."""
    if len(words) < 2 or words[0].lower() not in ("a", "an") or not NAME_WORD.match(words[-1]):
        return False
    first = next(n for n, word in enumerate(words) if n and NAME_WORD.match(word))
    before = words[first - 1]
    return first > 1 and before not in INNER and before not in PEOPLE | BODIES and not BY_ENDING.search(before)


def _head_word(words: list[str]) -> str:
    """The word that a phrase is about: the last before what is said of it ("officials" of "officials at the port")."""
    for n, word in enumerate(words):
        if n and word in INNER and word not in ("and", "&"):
            return words[n - 1]
    return words[-1]


def _head(words: list[str]) -> str:
    word = _head_word(words)
    return word if word.isupper() else word.lower()


def _singular(word: str) -> str:
    """The singular of an English noun, well enough to look it up; "police" and "boss" stay as they are."""
    word = re.sub(r"['’]s$", "", word)
    for ending, instead in PLURALS:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + instead
    return word


def _named(phrase: str) -> bool:
    """Whether a phrase ends with a name of its own."""
    words = phrase.split()
    head = _head_word(words)
    return bool(NAME_WORD.match(head)) and _singular(head.lower()) not in PEOPLE | BODIES
