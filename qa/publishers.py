"""Which of the collection's publishers a question names. Pure rules for English."""

from __future__ import annotations

import re
from collections.abc import Collection

REPORTS = (
    r"report(?:s|ed)?|say|says|said|wr[io]te|writes|written|cover(?:s|ed)?|describe[sd]?|claim(?:s|ed)?|"
    r"publish(?:es|ed)?|tell|"
    r"told|call(?:s|ed)?|put|ran|run|differ|disagree|agree"
)
PIECES = (
    r"articles?|reports?|reporting|stor(?:y|ies)|coverage|pieces?|accounts?|editorials?|columns?|headlines?|versions?|"
    r"pages?"
)
CUE = re.compile(
    rf"\baccording\s+to\b|\b(?:did|does|do|has|have|as)\s+.{{2,80}}?\b(?:{REPORTS})\b|\b(?:{PIECES})\b|\bcompare\b|"
    rf"\b(?:published|printed|reported|written)\s+(?:in|by)\b|\b(?:in|from)\s+the\s+[A-Z]|\b(?:{REPORTS})\b",
    re.IGNORECASE,
)
"""A question that names no outlet of the news hardly does without one of these."""

TOLD_BY = (
    r"(?:reported|covered|discussed|mentioned|described|featured|noted|identified|highlighted|published|printed|"
    r"claimed|quoted|written|told|said|stated)\s+(?:by|in|on)|according\s+to|(?:as\s+)?per"
)
"""How an outlet is named as the source of what is asked."""

OUTLETS = (
    r"Associated Press|Al Jazeera|El País|Le Monde|Der Spiegel|Reuters|Bloomberg|Politico|Axios|Newsweek|Forbes|"
    r"(?:BBC|CNN|AFP|NPR|CNBC|MSNBC|ITV)(?: News)?"
)
AUXILIARY = r"did|does|do|has|have|had|was|were|is|are"
SAYS = (
    r"(?:say|said|saying|report|wr[io]te|tell|told|publish|note|claim|(?:have\s+)?to\s+say)(?:s|e?d|ten|ing)?"
    r"(?:\s+(?:us|readers))?"
)
SHOWS = r"(?:cover|describe|present|frame|portray|report|treat)(?:s|e?d)?"
OF = r"(?:about|on|of|regarding|concerning)"
ASKING = rf"what(?:['’]s)?\s+(?:(?:{AUXILIARY})\s+)?(?:in\s+)?"
HAVE_ON = (
    rf"compare\s+OUTLETS\s+{OF}\s+(?P<about>.+)",
    rf"(?:how|where)\s+(?:(?:{AUXILIARY})\s+)?OUTLETS\s+(?:differ|disagree)\s+(?:{OF}|over|in)\s+(?P<about>.+)",
    rf"{ASKING}OUTLETS\s+(?:\w+\s+)?{SAYS}\s+{OF}\s+(?P<about>.+)",
    rf"how\s+(?:(?:{AUXILIARY})\s+)?OUTLETS\s+(?:\w+\s+)?{SHOWS}\s+(?:{OF}\s+)?(?P<about>.+)",
    rf"{ASKING}OUTLETS['’]s?\s+(?:\w+\s+)?(?:{PIECES})\s+{SAYS}\s+{OF}\s+(?P<about>.+)",
    rf"{ASKING}(?:the\s+)?(?:{PIECES})\s+(?:in|by|from)\s+OUTLETS\s+{SAYS}\s+{OF}\s+(?P<about>.+)",
    rf"(?:{ASKING})?OUTLETS['’]s?\s+(?:\w+\s+)?(?:{PIECES})\s+{OF}\s+(?P<about>.+?)(?:\s+(?:say|about))?",
    rf"(?:{ASKING})?(?:the\s+)?(?:{PIECES})\s+(?:in|by|from)\s+OUTLETS\s+{OF}\s+(?P<about>.+?)(?:\s+(?:say|about))?",
)
"""The forms of a question for what outlets have on something."""

KINDS_OF_OUTLET = r"Times|Mirror|Guardian|Tribune|Telegraph|Gazette|Chronicle|Express|News"
NEEDING_THE = (
    r"Post|Herald|Journal|Courier|Mail|Star|Sun|Observer|Independent|Standard|Record|Echo|Examiner|Globe|Inquirer|"
    r"Dispatch|Bulletin|Economist"
)
CAPITALISED = r"[A-Z][\w’'-]*\s+"
OUTLET = re.compile(
    rf"\b(?:{OUTLETS}|[Tt]he\s+(?:{CAPITALISED}){{0,3}}(?:{KINDS_OF_OUTLET}|{NEEDING_THE})|"
    rf"(?:{CAPITALISED}){{1,3}}(?:{KINDS_OF_OUTLET}))\b(?!\s+[A-Z])"
)
"""A name that outlets have, in a question."""

ITSELF = re.compile(r"(?:it|this|that|them|him|her|these|those)", re.IGNORECASE)
LEAST_LETTERS = 3

LEAST_WORDS = 3
"""Words of a question that is still one."""


def may_name_a_publisher(question: str) -> bool:
    """Whether it is worth asking which publishers there are."""
    return bool(CUE.search(question))


def publishers_asked(question: str, known: Collection[str]) -> tuple[str, ...]:
    """The publishers, of those known, that a question names as outlets, in the collection's spelling and order.

    "The Mirror" names the Daily Mirror where no other publisher is called so. A publisher that the news is about
    ("Why was the BBC fined?") is not named as an outlet.
    """
    short: dict[str, list[str]] = {}
    folded = question.casefold()
    for name in sorted(set(known)):
        for form in _forms(name):
            short.setdefault(form.casefold(), []).append(name)
    named = {
        names[0]
        for form, names in short.items()
        if len(names) == 1 and len(form) >= LEAST_LETTERS and form in folded and _as_outlet(form, question)
    }
    return tuple(name for name in sorted(named) if not any(name != other and _within(name, other) for other in named))


def outlet_missing(question: str, known: Collection[str], texts: Collection[str]) -> str | None:
    """The outlet that a question names as its source, if it is none of those known and no text speaks of it."""
    held = {form.casefold() for name in known for form in _forms(name)}
    for found in OUTLET.finditer(question):
        said = found.group() if found.start() else re.sub(rf"^(?:{AUXILIARY})\s+", "", found.group(), flags=re.I)
        bare = re.sub(r"^the\s+", "", said, flags=re.IGNORECASE)
        forms, words = {form.casefold() for form in _forms(bare)}, re.compile(rf"\b{re.escape(bare)}\b", re.IGNORECASE)
        there = forms & held or any(map(words.search, (*known, *texts)))
        if not there and _as_outlet(bare, question):
            return said
    return None


def without_outlets(question: str, named: Collection[str]) -> str:
    """The question without the words that name publishers as its source: "according to the Mirror".

    No article says of itself that it has reported what it reports, so they would only count as words that it lacks.
    """
    question = " ".join(question.split())
    several = _several(named)
    if not several:
        return question
    source = rf"(?:{TOLD_BY})\s+(?:both\s+)?(?:(?:an?|the)\s+)?(?:(?:{PIECES})\s+(?:from|by|in)\s+)?{several}"
    bare = re.sub(rf",?\s*\b(?:as\s+)?(?:(?:being|recently|frequently|also)\s+)?{source},?", "", question, flags=re.I)
    asked = rf"(?<=\w)\s+(?:{AUXILIARY})\s+{several}\s+(?:\w+\s+)?{SAYS}\s+(?:that\s+)?(?!{OF}\b)(?=\w+\s+\w)"
    bare = re.sub(asked, " ", bare, count=1, flags=re.IGNORECASE)
    bare = " ".join(bare.split())
    return f"{bare[:1].upper()}{bare[1:]}" if len(bare.split()) >= LEAST_WORDS else question


def told_of(question: str, named: Collection[str]) -> str | None:
    """What a question wants to hear of from the publishers that it names, if it asks for what they have on it: "the
    turbines" of "What did the Mirror say about the turbines?".
    """
    several = _several(named)
    if not several:
        return None
    bare = " ".join(question.split()).rstrip("?!. ")
    forms = (re.fullmatch(form.replace("OUTLETS", several), bare, re.IGNORECASE) for form in HAVE_ON)
    found = next(filter(None, forms), None)
    about = found["about"] if found else ""
    return about if about and not ITSELF.fullmatch(about) else None


def by_outlets(publisher: str | None, named: Collection[str]) -> bool:
    """Whether something is by one of the publishers that are named, if any are."""
    return not named or (publisher or "").casefold() in map(str.casefold, named)


def _several(named: Collection[str]) -> str:
    """A form for publishers as a question names them, one or some of them in a row; nothing for none."""
    forms = sorted({re.escape(form) for name in named for form in _forms(name)}, key=len, reverse=True)
    if not forms:
        return ""
    outlet = rf"['‘“]?(?:the\s+)?['‘“]?(?:{'|'.join(forms)})(?!\w)['’”]?"
    return rf"(?:both\s+)?{outlet}(?:(?:,\s*(?:and\s+)?|\s+and\s+)(?:by\s+|in\s+)?{outlet})*"


def _forms(name: str) -> set[str]:
    """What a publisher may be called: its name, without "the" and the end of its address, its last words."""
    bare = re.sub(
        r"^the\s+", "", re.sub(r"\.(?:com|co\.uk|org|net)$", "", name.strip(), flags=re.IGNORECASE), flags=re.I
    )
    words = bare.split()
    ends = range(1, len(words)) if words and words[-1].lower() not in ("news", "online", "today", "media") else ()
    return {form for form in (bare, *(" ".join(words[at:]) for at in ends)) if form}


def _as_outlet(form: str, question: str) -> bool:
    name = rf"(?:the\s+)?(?:[A-Z]\w{{1,20}}\s+)?{re.escape(form)}(?!\w)"
    listed = rf"(?:[^,?.;]{{2,40}}(?:,|,?\s+and|\s+or|\s+with)\s+)*?{name}"
    cues = (
        rf"\baccording\s+to\s+{listed}",
        rf"\b(?:did|does|do|has|have)\s+{listed}(?:\s*(?:,|and)\s[^?]{{2,60}}?)?\s+(?:\w+\s+)?(?:{REPORTS})\b",
        rf"\b(?:{PIECES})\s+(?:\w+\s+){{0,2}}(?:in|by|from|of|on)\s+{listed}",
        rf"{name}(?:['’]s?)?\s+(?:\w+\s+)?(?:{PIECES})\b",
        rf"\b(?:{TOLD_BY}|appeared\s+in)\s+(?:both\s+)?(?:(?:an?|the)\s+)?(?:(?:{PIECES})\s+(?:from|by|in)\s+)?{listed}",
        rf"(?<!by )(?<!against ){name}\s+(?:has\s+|have\s+|had\s+)?(?:report(?:s|ed)|wr[io]tes?|says|writes)\b",
        rf"\bcompare\b.*\b{name}",
        rf"\b(?:between|differ\w*\s+from)\s+{listed}",
        rf"^in\s+the\s+{re.escape(form)}\s*[,:]|\bin\s+the\s+{re.escape(form)}\s*\?*$",
    )
    return any(re.search(cue, question, re.IGNORECASE) for cue in cues)


def _within(name: str, other: str) -> bool:
    return name.casefold() in other.casefold()
