"""How a follow-up is completed from the question before it. Pure rules for English, no model.

A fragment takes the rest of that question ("And between which dates?"), "what about X" puts X in the place of its like,
a correction does too, and what has no like is asked of what the question was about.
"""

from __future__ import annotations

import re

from qa.asked import AGENTS, AUXILIARY, PRONOUN, SPLIT, Asked
from qa.mentions import phrases
from qa.patterns import NAME, TIME
from qa.places import countries_in

PREPOSITION = re.compile(
    r"^(?:in|on|at|by|for|from|to|with|since|until|between|of|during|under|over|before|after)\s+", re.IGNORECASE
)
ASKING = re.compile(
    rf"(?:{PREPOSITION.pattern[1:]})?(?:what|which|who|whom|whose|when|where|why|"
    rf"how)\b",
    re.IGNORECASE,
)
ORDER = re.compile(r"^(?:tell|describe|explain|list|give|show|summari[sz]e|compare|name|find|please)\b", re.IGNORECASE)
VERB = re.compile(
    rf"\b(?:(?i:{AUXILIARY})|[a-z]{{3,}}ed|said|says?|told|hit|won|lost|made|took|went|came|got|fell|rose|sank|wants?|"
    r"means?|happens?|makes?|comes?|helps?|pays?|runs?|knows?|thinks?)\b"
)
CIRCUMSTANCE = re.compile(
    r"(?:when|where|why|how(?: (?:long|often|soon|well|far|fast|badly|quickly))?|"
    r"(?:at|on|in|by|for|since|until|from|with|between|under|over)\s+(?:what|which|whom|when|how)\b.*)",
    re.IGNORECASE,
)
"""What asks for a circumstance, and may give way to another such without harm to the rest of a question."""

RELATIVE = re.compile(r"(?:this|last|next)\s|(?:yesterday|today|tomorrow)\b", re.IGNORECASE)
"""Begins a time that has no preposition before it."""

OPENING = re.compile(r"\b(?:many|what|which|any|other|are|is|were|was)\s$", re.IGNORECASE)
DOUBT = re.compile(
    r"(?:really|seriously|indeed|are you sure|is (?:that|this|it) (?:so|true|right|correct|certain|confirmed)|"
    r"is that really (?:so|true|the case))",
    re.IGNORECASE,
)
NOT_MEANT = re.compile(r"^not\s+(?P<wrong>[^,;–—]+?)\s*(?:[,;–—]|\bbut\b)+\s*(?:but\s+)?(?P<meant>.+)$", re.IGNORECASE)
PARTICIPLE = re.compile(
    r"^(?:\w{3,}ed|hurt|killed|dead|against|born|found|held|made|built|sold|lost|left|taken|given|shot|hit|cut|sent|"
    r"known|seen|in|at|on|for|there)\b",
    re.IGNORECASE,
)
EVENTS = frozenset(
    """accident attack attacks battle blast blaze bombing collision conflict crash crisis derailment disaster drill
    drills earthquake election elections explosion final fire flood floods flooding game heatwave hurricane incident
    landslide match meeting outbreak pandemic protest protests race raid referendum riot riots shooting siege storm
    strike strikes summit talks tornado trial vote war wildfire wildfires""".split()
)
WITH_VERB = re.compile(r"what\s+[a-z]+s\s+\w|who\s+(?!else|exactly|then|and|or)\w", re.IGNORECASE)
"""An interrogative and, as far as can be seen, its verb: "What improves absorption", "Who refereed"."""

MOST = re.compile(
    r"\b(?:the )?(?:(?!(?:arrest|contest|forest|harvest|interest|latest|protest|request|suggest)\b)\w{3,}est|best|"
    r"worst|(?:most|least) \w+)\b",
    re.IGNORECASE,
)
"""A superlative."""

DONE = re.compile(r"(?:\w{3,}ed|hurt|dead|found|held|built|sold|lost|taken|shot|hit|cut|sent|stolen)", re.IGNORECASE)
"""A participle, as far as its ending tells."""

PASSIVE = re.compile(rf"\b(?:was|were|been|be|is|are)\s+(?P<done>{DONE.pattern})\b")
MOST_WORDS_OF_A_FRAGMENT = 5
MOST_WORDS_OF_A_BARE_QUESTION = 3


def is_fragment(text: str) -> bool:
    """Whether a text asks without saying of what: an interrogative and no verb, or no more than a phrase."""
    bare = text.rstrip("?!. ")
    words = bare.split()
    if DOUBT.fullmatch(bare) or DONE.fullmatch(bare):
        return True
    if VERB.search(text) or ORDER.match(text):
        return False
    if WITH_VERB.match(bare) or PRONOUN.search(RELATIVE.sub("", bare)):
        return False
    bare_question = ASKING.match(text) and not PREPOSITION.match(text)
    return 0 < len(words) <= (MOST_WORDS_OF_A_BARE_QUESTION if bare_question else MOST_WORDS_OF_A_FRAGMENT)


def complete(fragment: str, before: Asked, topic: str | None) -> str:
    """A fragment with what it lacks, from the question before it."""
    phrase = fragment.rstrip("?!. ")
    body = before.body
    if DOUBT.fullmatch(phrase):
        return f"{body}?"
    if re.match(r"any\b", phrase, re.IGNORECASE):
        return f"{_were_there(phrase)}{of_topic(phrase, topic)}?"
    if re.match(r"(?:who|what|where|when) else\b", phrase, re.IGNORECASE) and body.lower().startswith(
        phrase[:4].lower()
    ):
        return f"{phrase}{body[len(phrase.split()[0]) :]}?"
    if CIRCUMSTANCE.fullmatch(phrase):
        return _of_another_circumstance(phrase, before)
    if ASKING.match(phrase):
        return f"{body}, and {_lower(phrase)}?"
    return substitute(before, phrase, topic)


def _of_another_circumstance(phrase: str, before: Asked) -> str:
    """The question before, asked for another circumstance: "for how long" for "why"."""
    body, counted = before.body, before.counted
    parts = SPLIT.match(body)
    if re.match(rf"{AUXILIARY}\b", body, re.IGNORECASE):
        return f"{phrase} {_lower(body)}?"
    if parts and CIRCUMSTANCE.fullmatch(parts["asked"]):
        return f"{phrase} {parts['rest']}?"
    if parts and counted and not re.match(r"(?:of|in)\b", counted):
        auxiliary, _, rest = parts["rest"].partition(" ")
        if PARTICIPLE.match(rest):
            return f"{phrase} {auxiliary} {counted} {rest}?"
        if re.match(r"(?:did|does|do|will|would|can|could|has|have|had)$", auxiliary, re.IGNORECASE):
            return f"{phrase} {parts['rest']} {counted}?"
    return f"{body}, and {_lower(phrase)}?"


def substitute(before: Asked, phrase: str, topic: str | None) -> str:
    """The question before, with the phrase in the place of its like: a time for a time, a name for a name."""
    body, phrase = before.body, phrase.rstrip("?!. ")
    passive, most = PASSIVE.search(body), MOST.search(body)
    if passive and DONE.fullmatch(phrase):
        return f"{body[: passive.start('done')]}{phrase}{body[passive.end() :]}?"
    if most and MOST.fullmatch(phrase):
        return f"{body[: most.start()]}{phrase}{body[most.end() :]}?"
    preposition = PREPOSITION.match(phrase)
    bare = PREPOSITION.sub("", phrase)
    like = _like(bare, before, preposition.group().strip().lower() if preposition else None)
    if like:
        start, end = like
        first = re.sub(r"\b(?:in|on)\s+$", "", body[:start]) if RELATIVE.match(bare) else body[:start]
        return f"{first}{bare}{body[end:]}?"
    if preposition or re.fullmatch(r"\w+ly", phrase):
        return f"{body} {_lower(phrase)}?"
    if not topic or " " in bare.removeprefix("the "):
        return f"What about {phrase} (about {topic})?" if topic else f"What about {phrase}?"
    return f"What about {phrase}{of_topic(phrase, topic)}?"


def correct(before: Asked, meant: str, topic: str | None) -> str:
    """The question before, as it was meant: "the dam" for its last phrase, or what "not X but Y" says."""
    body, meant = before.body, meant.rstrip("?!. ")
    contrast = NOT_MEANT.match(meant)
    if contrast:
        wrong, meant = contrast["wrong"], contrast["meant"]
        at = body.lower().find(wrong.lower())
        if at >= 0:
            return f"{body[:at]}{meant}{body[at + len(wrong) :]}?"
    if not PREPOSITION.match(meant) and before.found and not _like(meant, before, None):
        last = before.found[-1]
        return f"{body[: last.start]}{meant}{body[last.end :]}?"
    return substitute(before, meant, topic)


def _like(bare: str, before: Asked, preposition: str | None) -> tuple[int, int] | None:
    """Where in the question before there stands something of the kind of a phrase."""
    body = before.body
    if TIME.search(bare):
        time = TIME.search(body)
        return time.span() if time and TIME.fullmatch(bare) else None
    if preposition:
        ends = rf"\s+(?P<what>[^,;]+?)(?=\s+(?:in|on|at|by|for|from|to|with|since|until|during|{AUXILIARY})\b|$)"
        same = [m for m in re.finditer(rf"\b{preposition}{ends}", body) if not TIME.search(m["what"])]
        return same[-1].span("what") if same else None
    if countries_in(bare)[0]:
        country = next((p for p in before.found if p.named and countries_in(p.bare)[0]), None)
        if country:
            return _without_article(country.start, country.text, bare), country.end
    named = [p for p in before.found if p.named]
    if NAME.fullmatch(re.sub(r"^the ", "", bare)) and named:
        return _without_article(named[0].start, named[0].text, bare), named[0].end
    if before.found and not before.counted:
        first, (own, *_) = before.found[0], (*phrases(f"see {bare}"), None)
        agents = own and own.head in AGENTS and first.head in AGENTS
        many = own and own.many and first.many and not own.definite and not first.definite and not first.named
        if agents or many:
            return first.start, first.end
    heads = {p.head for p in phrases(f"see {bare}")}
    alike = [p for p in before.found if p.head in heads and not p.named]
    return (alike[-1].start, alike[-1].end) if alike else None


def _without_article(start: int, text: str, bare: str) -> int:
    """Where to begin so that "the" isn't doubled or kept before a name that has none of its own."""
    return start + 4 if text.lower().startswith("the ") and not bare.lower().startswith("the ") else start


def of_topic(asked: str, topic: str | None) -> str:
    """The end of a question that has to be told its topic: " in the ferry collision", " of Carrow Bridge"."""
    if not topic or topic.lower() in asked.lower():
        return ""
    head = re.sub(r"\W+$", "", topic.split()[-1].lower())
    return f" {'in' if head in EVENTS else 'of'} {topic}"


def tell(question: str, topic: str) -> str:
    """A question with an open noun told what it is of: "What are the symptoms?", "How many types are there?".

    A noun is open when it says little without what it is of and nothing follows that says so.
    """
    body = question.rstrip("?!. ")
    for phrase in phrases(body):
        before, after = body[: phrase.start], body[phrase.end :]
        asked = phrase.definite or OPENING.search(before)
        if phrase.vague and not phrase.named and asked and re.fullmatch(rf"(?:\s+{AUXILIARY}\b.*)?", after):
            return f"{body[: phrase.end]}{of_topic(body, topic)}{after}?"
    return question


def _were_there(phrase: str) -> str:
    words = phrase.split()
    many = words[-1].endswith("s") or words[-1] in ("injured", "dead", "people", "news")
    if words[-1].lower() == "news":
        return f"Is there {_lower(phrase)}"
    return f"{'Were' if many else 'Was'} there {_lower(phrase)}"


def _lower(text: str) -> str:
    """A text for the middle of a sentence: its first word in lower case, unless it is a name."""
    first = text.split(" ", 1)[0]
    known = ASKING.match(text) or PREPOSITION.match(text) or re.match(rf"(?:{AUXILIARY}|any|the|a|an)\b", text, re.I)
    return text[:1].lower() + text[1:] if known and first != "I" else text
