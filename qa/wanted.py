"""What kind of answer a question wants. Pure rules for English."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from qa.publishers import told_of
from qa.speakers import speaker_asked
from qa.types import Query

Wanted = Literal["fact", "statement", "list", "timeline", "summary", "comparison", "yes or no"]
"""A single fact; what somebody said; several things; dated events in order; what an article or a topic is about; how
outlets differ; yes or no."""

WIDE: frozenset[Wanted] = frozenset(("timeline", "summary", "comparison"))
"""What is told from more articles than a single fact is, and not from the best sentence alone."""

MANY = (
    r"(?:(?!(?:was|is|has|does|this|his|yes|gas|less|loss|news|\w*ss|percentages?)\b)\w+s|people|men|women|children)\b"
)
"""A noun in the plural, as far as its ending tells."""

FORMS: dict[Wanted, str] = {
    "comparison": r"\b(?:compare|comparison|contrast)\b|\b(?:outlets?|papers?|newspapers?|publishers?|articles|"
    r"reports|sources|accounts|"
    r"media)\b.*\b(?:differ\w*|disagree\w*|contradict\w*|agree|diverge|vary|same)\b|\b(?:differ\w*|disagree\w*|"
    r"contradict\w*|discrepanc\w+)\b.*"
    r"\b(?:outlets?|papers?|newspapers?|publishers?|articles|reports|sources|accounts|coverage|media)\b|"
    r"\bdifferently\b|"
    r"\bhow (?:do|did|does) .+\b(?:and|versus|vs\.?)\b .+\b(?:report|cover|describe|tell|present|frame)|"
    r"\bhow (?:do|did|have) (?:the |these |different |various )*(?:outlets|papers|newspapers|publishers|media) "
    r"(?:report|cover|describe|present|frame)",
    "timeline": r"\b(?:timeline|chronolog\w+|sequence of events|course of events|in (?:time )?order of|"
    r"step by step|day by day|"
    r"in chronological order|key dates|milestones)\b|\bhow did .+ (?:unfold|develop|evolve|come about)\b|"
    r"\bwhat (?:has )?happened (?:since|after|between|from|next|when|so far)\b|\bhistory of\b|\bwhat led (?:up )?to\b",
    "summary": r"\b(?:summar\w+|sum up|overview|in short|in brief|the gist|main points|key points|key takeaways|"
    r"tl;?dr|outline|"
    r"brief me|catch me up|bring me up to date)\b|^(?:please )?(?:tell me|what do you know|what is there|"
    r"what's new|what is new|"
    r"anything)\b.*\b(?:about|on)\b|\bwhat (?:is|was|are|were) (?:the |this |that )?(?:article|report|story|"
    r"piece|conference|"
    r"case|row|scandal|dispute|affair|inquiry)?\s*(?:[\w’'-]+\s+){0,4}about$|^what(?:['’]s| is| was) going on\b|"
    r"^(?:describe|discuss)\b|"
    r"^what (?:has )?happened(?: (?:to|in|at|on|with|during) .+)?$|^what(?:['’]s| is| are) the (?:latest|news)\b",
    "list": r"^(?:please )?(?:list|name|enumerate)\b|^give me (?:a list|all|some|examples|the names)\b|"
    rf"\b(?:which|what) (?:{MANY}(?! (?:is|was|does|has)\b)|\w+ {MANY}(?= (?:were|are|have|had|did|do|will|can|"
    rf"could|would|"
    r"\w+ed)\b|$))|"
    r"\bwhat are (?:all |some of )?(?:the )?(?:\w+ )?\w+s\b|\bwho (?:are|were|all)\b|\bwhich of (?:the|these|"
    r"those|them)\b|\bwho else\b|"
    r"\bwhat else\b|\ball the \w+s\b",
    "yes or no": r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|isn|"
    r"aren|wasn|weren|"
    r"don|doesn|didn|hasn|haven|hadn|won|wouldn|couldn)(?:['’]?t)?\b(?!.*\bor\b(?! not\b))|^(?:is it true|really)\b",
}
"""The forms of each kind; the first kind that matches counts, after what is said by somebody."""

SAID = re.compile(
    r"^(?:who|which \w+|what \w+) (?:\w+ )?(?:said|says|told|claimed|claims|warned|called|argued|denied|accused|"
    r"promised|suggested|"
    r"believes?|thinks?)\b|\b(?:quotes?|quotations?|statements?|comments?|remarks|reactions?|"
    r"responses?)\b.*\b(?:from|by|of|to|on)\b",
    re.IGNORECASE,
)
LEAD = re.compile(r"^(?:(?:and|but|so|well|ok|okay|then|now|also|please|can you|could you)\b[\s,]*)+", re.IGNORECASE)
QUANTITY = re.compile(
    r"^(?:how (?:many|much|old|long|far|big|often|high|large)|when|where|why|who (?:is|was)\b)", re.IGNORECASE
)
OPEN = re.compile(r"^(?:what|how)\b", re.IGNORECASE)


def wanted(text: str, outlets: Collection[str] = ()) -> Wanted:
    """What kind of answer a question wants; `outlets` are the publishers that it names.

    What one outlet has on something is a summary, what several have a comparison.
    """
    bare = LEAD.sub("", " ".join(text.split())).rstrip("?!. ")
    if re.search(FORMS["comparison"], bare, re.IGNORECASE):
        return "comparison"
    if told_of(bare, outlets):
        return "summary" if len(outlets) == 1 else "comparison"
    if SAID.search(bare) or (OPEN.match(bare) and not QUANTITY.match(bare) and speaker_asked(bare)):
        return "statement"
    if QUANTITY.match(bare):
        return "fact"
    return next((kind for kind, form in FORMS.items() if re.search(form, bare, re.IGNORECASE)), "fact")


def is_wide(query: Query) -> bool:
    """Whether a query wants what is told from more articles than a single fact is."""
    return wanted(query.text, query.publishers) in WIDE
