"""From a question and the turns before it to one that stands alone. Rules, no model.

A follow-up is read against the question before it, as that one was understood, and against what was answered. A
fragment is completed (`qa.followups`), a pronoun gives way to what it stands for, and a question that names nothing of
its own is told what it is about. Any other question is left as it is, so that a new topic stays a new topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Turn
from qa.asked import AUXILIARY, Talk
from qa.besides import besides
from qa.followups import ASKING, NOT_MEANT, complete, correct, is_fragment, substitute, tell
from qa.lexical import STOPWORDS
from qa.listed import of_those_listed
from qa.mentions import phrases
from qa.patterns import names_in
from qa.places import countries_in
from qa.pronouns import in_full, put, resolved, speaks_of_things

LEAD = re.compile(r"^(?:(?:and|but|so|then|also|ok|okay|now|well|fine|right|yes)\b[\s,]*)+(?=\w)", re.IGNORECASE)
DROPPED = re.compile(r"(?:and|also|then|ok|okay|well)\b", re.IGNORECASE)
"""Of the words that lead in a follow-up, those that mean nothing without what came before."""

ABOUT = re.compile(r"^(?:what|how) about\s+(?P<what>.+)$", re.IGNORECASE)
NEW_TOPIC = re.compile(
    r"^(?:(?:fine|ok|okay|thanks|thank you|right|well)[.,!]\s*)*(?:something (?:else|different)|"
    r"(?:a )?(?:different|new|another) "
    r"(?:subject|topic|question|matter)|by the way|never ?mind|on (?:another|a different) (?:note|subject|topic)|"
    r"(?:changing|to change) the subject|moving on|leaving that aside|forget (?:that|"
    r"it))\s*[,.:;–—-]+\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
COURTESY = re.compile(
    r"(?:(?:thanks|thank you|thx|cheers|great|good|nice|ok|okay|fine|i see|got it|hello|hi|bye|no|yes|so|well)"
    r"(?: (?:very|so) much| a lot)?[\s,.!?]*)+",
    re.IGNORECASE,
)
THANKED = re.compile(
    r"^(?:(?:thanks|thank you|thx|cheers|great|interesting|i see|got it|hello|hi)(?: (?:very|so) much| a lot)?"
    r"[.,!]+\s+)+(?=\w)",
    re.IGNORECASE,
)
"""Courtesies before a question."""

CORRECTION = re.compile(
    r"^(?:(?:no|nope|sorry|wait|actually)\b[\s,.:;–—-]+)*(?:(?:but\s+)?i\s+(?:meant?|was (?:asking about|"
    r"thinking of)|am asking "
    r"about)|i['’]m asking about|make that|rather)?\s*[:,]?\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
ASKS = re.compile(
    rf"\b(?:what|which|who|whom|whose|when|where|why|how)\b.*\b{AUXILIARY}\b|^{AUXILIARY}\b", re.IGNORECASE
)
A_SENTENCE = re.compile(r"(?:i|you|we|they|he|she|it|that)\b|[^.]*\. ", re.IGNORECASE)
ARTICLE = re.compile(r"\b(?:this|that|the) (?:article|report|story|piece)\b", re.IGNORECASE)
ASIDE = re.compile(r"^(?P<what>(?:the\s+)?[^\s,]+(?:\s+[^\s,]+){0,3}),\s+(?P<asks>.+)$")
THAT = re.compile(
    rf"\b(?:that|this)(?=\s*(?:[?,.]|$|(?:{AUXILIARY})\b))(?<!\bso that)|\b(?:about|of|for|with|after|before|by|"
    rf"do) (?:that|this)$",
    re.IGNORECASE,
)
"""A pronoun for all that was said before, not for a word of it."""

SAY_WHAT = re.compile(r"\b(?:say|think|comment|explain|argue|(?P<to>respond|react|reply|answer))\s*\?*$", re.IGNORECASE)
"""A question that leaves open about what somebody spoke."""

POINTING = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those|there|then|else|others?|more|still|again|"
    r"any\w*|some(?:one|thing|body)|people|happen(?:s|ed)?|many|much|next|instead|ones?)\b",
    re.IGNORECASE,
)
"""Words by which a question that names nothing shows that it goes on with the one before it."""

HAPPENED = re.compile(r"what (?:else |also |first )?happened\b", re.IGNORECASE)
ALONE = frozenset(
    """weather government president pope king queen world economy war country state nation parliament congress senate
    sun moon earth internet news past future""".split()
)
"""What there is one of, so that it needs no telling which."""

MOST_CONTENT = 5
"""Words of a question, small ones apart, beyond which it says enough by itself."""

LONGEST = 40
"""Words of a question before, beyond which it is no question to refer to."""

FARTHEST = 6
"""Turns that are looked back."""


def stand_alone(question: str, turns: Sequence[Turn] = ()) -> str:
    """The question in a form that can be understood without the turns before it; white space is tidied."""
    asked = " ".join(question.split())
    if not turns or not asked:
        return asked
    if COURTESY.fullmatch(asked):
        return asked
    asked = THANKED.sub("", asked)
    new = NEW_TOPIC.match(asked)
    if new:
        return _sentence(new["rest"])
    talk = Talk.of(turns[-FARTHEST:])
    before = talk.earlier[0].body
    if not before or len(before.split()) > LONGEST:
        return asked
    return _sentence(_rewritten(asked, talk))


def _rewritten(asked: str, talk: Talk) -> str:
    meant = CORRECTION.sub(r"\g<rest>", asked)
    if meant != asked and not ASKS.search(meant) and not A_SENTENCE.match(meant):
        return correct(talk.earlier[0], meant, talk.topic())
    if NOT_MEANT.match(asked) and not ASKS.search(asked):
        return correct(talk.earlier[0], asked, talk.topic())
    asked = of_those_listed(asked, talk)
    bare = LEAD.sub("", asked)
    kept = "" if not bare or DROPPED.match(asked) else asked[: len(asked) - len(bare)]
    alone = kept + _alone(bare, talk, led=bare != asked)
    return besides(alone, talk.answered[-1]) or alone


def _alone(bare: str, talk: Talk, *, led: bool) -> str:
    """The question without what led it in, completed or told what it is about."""
    before, topic = talk.earlier[0], talk.topic()
    about = ABOUT.match(bare)
    if about:
        what = resolved(about["what"], talk)
        return substitute(before, what, topic) if what == about["what"] else f"What about {what}"
    if is_fragment(bare):
        return complete(bare, before, topic)
    aside = ASIDE.match(bare)
    if aside and led and speaks_of_things(aside["asks"]):
        return put(aside["asks"], aside["what"])
    full = in_full(resolved(bare, talk), talk)
    if full != bare and is_fragment(full):
        return f"What about {full}"
    if not topic or topic.lower() in full.lower() or ARTICLE.search(full):
        return full
    return _told(full, bare, topic, talk, led=led)


def _told(full: str, bare: str, topic: str, talk: Talk, *, led: bool) -> str:
    """A question told what it is about, where it leaves that open; `bare` is it before any name was put into it."""
    spoke = SAY_WHAT.search(full)
    if spoke and not countries_in(topic)[0]:
        return f"{full.rstrip('?!. ')} {'to' if spoke['to'] else 'about'} {topic}?"
    if full != bare:
        return full
    named = bare if names_in(bare) else tell(bare, topic)
    if named == bare and _goes_on(bare, talk.read, led=led):
        return f"{bare.rstrip('?!. ')} (about {topic})?"
    return named


def _goes_on(question: str, read: frozenset[str], *, led: bool) -> bool:
    """Whether a question names nothing of its own, and points back: by a pronoun or its like, or by "the ceremony"
    where what was `read` before has one.
    """
    if THAT.search(question):
        return True
    if names_in(question):
        return False
    content = [w for w in re.findall(r"\w+", question.lower()) if w not in STOPWORDS]
    if HAPPENED.match(question) and len(content) <= 3:
        return True
    if len(content) <= 2 and not phrases(question) and ASKING.match(question):
        return True
    if re.search(r"\d", question):
        return False
    definite = [p for p in phrases(question) if p.text.lower().startswith("the ")]
    if definite:
        return len(content) <= MOST_CONTENT and any(p.head in read - ALONE for p in definite)
    return len(content) <= 3 and (led or bool(POINTING.search(question)))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
