"""What a question or an answer mentions that a later question may refer to. Pure rules for English, no tagger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.patterns import TIME

WORD = re.compile(r"[\w&]+(?:[.'’-]\w+)*(?:['’](?=\s|$))?|[^\w\s]")
DETERMINERS = frozenset("the a an".split())
OWNERS = frozenset("his her its their my your our this that these those".split())
BEING = frozenset("is are was were be been being am isn't aren't wasn't weren't isn’t wasn’t weren’t".split())
HAVING = frozenset("has have had hasn't haven't hasn’t haven’t".split())
DOING = frozenset(
    "did do does will would can could should may might must shall didn't doesn't don't won't can't couldn't wouldn't "
    "didn’t doesn’t don’t won’t can’t couldn’t wouldn’t to".split()
)
STOPS = frozenset(
    """i me you he him his she her hers it its we us our ours they them their theirs my your yours mine this that these
    those there here who whom whose what which when where why how many much in on at of to by for from with without
    after before during since until between over under about against into onto out off up down through across around
    near among within upon behind beside besides despite per than as like and or nor but so if because while although
    though whether not no yes any some anyone anything anybody someone something somebody everyone everything nobody
    nothing else more most other others another all both each every either neither such same one ones ever never also
    just only even still again already yet now then too very really actually exactly long far often well ago back away
    better best worse worst largest biggest closest particular general different main talk cool great interesting
    together else next first last please tell me describe explain list give show compare name find okay ok let's lets
    let think know say says said mean ’s 's""".split()
)
VERBS = frozenset(
    """accept accuse achieve act add admit affect agree aim allow announce answer appear apply approve argue arrive ask
    attack attend attract avoid base beat become begin believe belong bid blame block break bring build burn buy call
    cancel carry catch cause change charge choose claim climb close collapse collide collect come compare compete
    complete consider contain continue contribute control cost cover crash create cross cut damage deal decide declare
    decline defeat deliver demand deny depend describe design destroy develop die differ disagree discover discuss do
    draw drink drive drop earn eat elect emerge employ end enjoy enter escape evolve exist expand expect explain explode
    face fail fall feature feed feel fight file fill find fine finish fire fit flee flow fly follow form found gain get
    give go grow handle happen hate have hear help hide hire hit hold host hurt impact improve include increase
    influence insist intend interact introduce invent invest involve join jump keep kill know land last launch lead
    learn leave lie like live look lose love make marry mean measure meet mention miss move need offer open operate
    order originate own participate pass pay perform plan play predict prefer prepare prevent produce promise propose
    protect prove provide publish pull push put quit raise reach react read receive recommend record recover refer
    refuse reject relate release remain remember remove reopen repair replace reply report represent require resign
    respond rest result retire return reveal rise rule run sail save say score see seek seem sell send serve set settle
    shoot show sign sing sink sleep smell speak spend split spread stand start stay steal stop strike struggle study
    succeed suffer suggest supply support survive swim take talk taste teach tell think threaten tour train travel treat
    try turn understand use visit vote wait walk want warn wear weigh win withdraw work worry write""".split()
)
"""Base forms by which the subject of a question is told from its verb."""

AFTER_BEING = frozenset(
    """important popular common bad good free different effective expensive safe dangerous successful famous hurt killed
    dead injured shut open hit found born known made done built lost won sent held told sold seen taken given shot cut
    caught brought put going native able available useful necessary true responsible related similar present involved
    red blue black white green deep old big high low difficult easy hard likely late ready close sure like""".split()
)
OF_SOMETHING = frozenset(
    """advantage aftermath article aspect captain crew driver fact information interest leader lot pilot suspect thing
    toll victim winner loser score age aim amount author basis benefit capital cause chance consequence cost danger
    date death
    definition details development difference disadvantage driver effect end example future goal head history idea
    impact importance importance kind leader legacy length life location main meaning member name nature number origin
    outcome owner part population price problem purpose reason result risk role rule side significance size sort source
    start state status story structure symptom treatment type types use value version way work""".split()
)
"""Nouns that say little without what they are of."""

SUBJECTS = frozenset("who what which that i we you they he she it".split())
"""What a verb follows at once, where no auxiliary comes first."""

IRREGULAR = frozenset("people men women children police media staff crew".split())
IS_NAMED = re.compile(r"^[^\W\d_a-zß-öø-ÿ]")
LINKS = frozenset("of the and for de la van von der di du".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of a text: `text == source[start:end]`, with its article; `named` when it is a name."""

    text: str
    start: int
    end: int
    named: bool

    @property
    def bare(self) -> str:
        """The phrase without its article."""
        return re.sub(r"^(?:the|an?)\s+", "", self.text, flags=re.IGNORECASE)

    @property
    def head(self) -> str:
        """Its last word, in lower case."""
        return re.sub(r"['’]s?$", "", self.text.split()[-1]).lower()

    @property
    def vague(self) -> bool:
        """Whether it says little without what it is of: "the role", "symptoms"."""
        return self.head in OF_SOMETHING or self.head.removesuffix("s") in OF_SOMETHING

    @property
    def definite(self) -> bool:
        """Whether it has "the" or an owner: a thing that is known."""
        return bool(re.match(r"the\s|\S+(?:\s\S+)?['’]s?\s", self.text, re.IGNORECASE))

    @property
    def many(self) -> bool:
        """Whether it is in the plural."""
        head = self.head
        return head in IRREGULAR or (head.endswith("s") and not head.endswith(("ss", "us", "is", "ics")))


@lru_cache(maxsize=4096)
def phrases(question: str) -> tuple[Phrase, ...]:
    """The noun phrases of a question, in order: names, nouns with an article, and bare nouns."""
    return tuple(_phrases(question))


def _phrases(text: str) -> Iterator[Phrase]:
    run: list[re.Match[str]] = []
    auxiliary = ""
    for token in [*WORD.finditer(text), None]:
        word = re.split(r"['’]", token[0].lower())[0] if token else ""
        ends = token is None or not re.match(r"\w", word) or word in STOPS | BEING | HAVING | DOING
        if token is not None and not ends and not (word in DETERMINERS and run):
            run.append(token)
            continue
        if run:
            at = _verb(run, auxiliary, text)
            for part in [run] if at is None else [run[:at], run[at + 1 :]]:
                yield from _phrase(text, part)
            if at is not None or auxiliary not in DOING:
                auxiliary = ""
        run = [] if token is None or ends else [token]
        if word in BEING | HAVING | DOING | SUBJECTS:
            auxiliary = word


def _verb(run: list[re.Match[str]], auxiliary: str, text: str) -> int | None:
    """Where in a run of words its verb stands, if it has one; `auxiliary` is what calls for a verb before it."""
    words = [token[0].lower() for token in run]
    named = [bool(IS_NAMED.match(token[0])) for token in run]
    first = 2 if words[0] in DETERMINERS else 1
    last = len(words) - 1
    if auxiliary in ("which", "what") and last and (auxiliary == "which" or words[1].endswith("ed")):
        return next((i for i in range(1, last + 1) if words[i] in VERBS or words[i].endswith("ed")), last)
    if auxiliary in SUBJECTS:
        return 0 if not named[0] and words[0] not in DETERMINERS else None
    if auxiliary in DOING:
        known = (i for i in (0, *range(first, len(words))) if words[i] in VERBS and not named[i])
        later = VERBS & set(re.findall(r"[a-z]+", text[run[-1].end() :].lower()))
        return next(known, last if last >= first and not named[last] and not later else None)
    first = 0 if auxiliary in BEING | HAVING else first
    if auxiliary in HAVING:
        done = (i for i in range(1, last) if words[i].endswith("ed") and words[i - 1] not in DETERMINERS)
        return next(done, _state(words, named, first))
    return _state(words, named, first)


def _state(words: list[str], named: list[bool], first: int) -> int | None:
    """Where a state or a participle ends a run of words."""
    last = len(words) - 1
    state = (i for i in range(first, len(words)) if words[i] in AFTER_BEING and i == last and not named[i])
    return next(state, last if last >= first and not named[last] and re.search(r"[a-z]{2}(?:ed|ing)$", words[last])
                else None)  # fmt: skip


def _phrase(text: str, run: list[re.Match[str]]) -> Iterator[Phrase]:
    while run and (run[-1][0].lower().endswith("ly") or run[-1][0].lower() in DETERMINERS):
        run = run[:-1]
    if (
        not run
        or re.match(r"i(?:['’]|$)", run[0][0], re.IGNORECASE)
        or (len(run) == 1 and run[0][0].lower() in VERBS | AFTER_BEING and not IS_NAMED.match(run[0][0]))
    ):
        return
    start, end = run[0].start(), run[-1].end()
    found = text[start:end]
    if TIME.fullmatch(found) or re.fullmatch(r"[\d.,-]+", found):
        return
    first = run[1] if run[0][0].lower() in DETERMINERS and len(run) > 1 else run[0]
    named = bool(IS_NAMED.match(run[-1][0])) and bool(IS_NAMED.match(first[0])) and start > 0
    yield Phrase(re.sub(r"['’]$", "", found), start, end, named)
