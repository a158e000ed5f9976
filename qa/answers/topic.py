"""What a summary, a timeline or a comparison is asked of: the question without the asking."""

from __future__ import annotations

import re
from collections.abc import Collection

from qa.publishers import told_of

KIND = r"timeline|chronology|summary|overview|outline|history|comparison|sequence|course|coverage|reports|events"
LEADS = (
    re.compile(r"^(?:please|can you|could you)\s+", re.IGNORECASE),
    re.compile(r"^(?:give|show|write|draw up|tell|brief|catch)\s+(?:me|us)\s+(?:up\s+)?", re.IGNORECASE),
    re.compile(r"^(?:summari[sz]e|sum up|compare|contrast|what do you know|what is there|what led)\s+", re.IGNORECASE),
    re.compile(rf"^(?:(?:an?|the|short|brief)\s+)*(?:{KIND})\s+(?=(?:of|about|on|to)\b)", re.IGNORECASE),
    re.compile(r"^(?:of|about|on|up to|to)\s+", re.IGNORECASE),
)
"""The words of asking, as they may follow each other at the beginning of a question."""

TOLD = re.compile(
    r"^how (?:(?:do|did|does|have|has) )?.+?\b(?:report|cover|describe|present|frame)(?:ed|d|s)?"
    r"(?: (?:of|on|about))? (.+)$",
    re.IGNORECASE,
)
DIFFER = re.compile(r"^(?:how|do|where)\b.*?\b(?:differ|disagree|contradict)\w*(?: (?:about|on|over|in))? (.+)$", re.I)
UNFOLDED = re.compile(r"^how did (.+?) (?:unfold|develop|evolve|come about)$", re.I)

ITSELF = re.compile(
    r"(what(?:['’]s| is| was) )?(?:this|that|the) (?:article|report|story|piece)(?(1) (?:all )?about|)", re.I
)


def is_the_article(question: str) -> bool:
    """Whether what is asked for is an article itself, which the question doesn't name: "Summarise the article"."""
    return bool(ITSELF.fullmatch(topic(question)))


def topic(question: str, outlets: Collection[str] = ()) -> str:
    """The question without the words that ask for a kind of answer, and without the `outlets` that it names as those
    to tell it; as it is where nothing would be left.
    """
    bare = " ".join(question.split()).rstrip("?!. ")
    for _ in range(2):  # "a timeline of the events of"
        bare = told_of(bare, outlets) or bare
        for form in (TOLD, DIFFER, UNFOLDED):
            bare = form.sub(r"\1", bare)
        for lead in LEADS:
            bare = lead.sub("", bare)
    return bare or question
