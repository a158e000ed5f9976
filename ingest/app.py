"""What an app or a site says around an article, known by its form and wording. Pure."""

from __future__ import annotations

import re

from ingest.words import word_count

LISTS = re.compile(
    r"(?:related (?:stories|articles|news)|top stories|most (?:read|popular|opened|viewed)|popular (?:on|now)|"
    r"our picks|editor.?s (?:picks?|choice|tray)|more (?:from|stories|on)|read (?:more|next)|from our|"
    r"you may also like|top of the)\b",
    re.IGNORECASE,
)
PROMPTS = re.compile(
    r"sign (?:up|in)\b|log ?in\b|subscribe\b|register(?: (?:now|here|for|today|to)\b|\W*$)|"
    r"(?:start|keep|continue) reading\b|share(?: (?:this|on|via|by|article|story|the (?:article|story))\b|\W*$)|"
    r"follow us\b|download (?:the|our)\b|get (?:the (?:app|latest|best)|our|all|\w+ for your)\b|"
    r"become an? .*(?:reader|member|subscriber)\b|"
    r"join (?:us|our|now|with|the (?:conversation|discussion|debate|club))\b|"
    r"you have read\b|advertisement\W*$|sponsored\b|newsletters?\b|take the app\b|"
    r"one (?:app|login|subscription|membership)\b|all rights reserved|copyright\b|©|cookies?(?: \w+)?\W*$|"
    r"already (?:a|with)\b|have an account\b|back again\b|comments?\W*$",
    re.IGNORECASE,
)
SIGN_IN = re.compile(r"(?:^|[?.!:–—-]\s+)(?:sign in|log ?in|sign up|subscribe now)(?: here)?\W*$", re.IGNORECASE)
OFFER = re.compile(r"\bfree (?:trial|story|article)s?\b|\b(?:days|weeks|months) (?:free|on us)\b", re.IGNORECASE)
WHOLE = re.compile(
    r"(?:share (?:this|the) (?:article|story|page)|sign up (?:to|for) (?:our|the) .{0,40}newsletters?|advertisement|"
    r"subscribe (?:now|today|to our newsletter)|all rights reserved|one (?:app|login|subscription|membership)|"
    r"get all your news in one place)\W*",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\([^()]*(?:\b(?-i:[A-Z])[\w.]*\s?/\s?(?-i:[A-Z])|\bimages?\b|\bphotos?\b|\bgetty\b|\breuters\b|\bafp\b|"
    r"(?-i:\bAP\b|\bEPA\b)|\bpicture\b|\bvia\b)[^()]*\)[\s”’\"]*$",
    re.IGNORECASE,
)
CAPTION = re.compile(r"(?:(?:file )?(?:image|photo|picture)|caption|video|watch|listen)\s*[:|]", re.IGNORECASE)
ENDS = re.compile(r"[.!?…][”’\"'»)\]]*$|[。！？][」』”]?$")
MOST_WORDS = 14
MOST_WORDS_OF_CAPTION = 60


def is_app(line: str) -> bool:
    """Whether the app is speaking: few words of its kind that make no sentence, or one of its slogans."""
    if word_count(line) > MOST_WORDS:
        return False
    if WHOLE.fullmatch(line) or SIGN_IN.search(line):
        return True
    return not ENDS.search(line) and bool(PROMPTS.match(line) or LISTS.match(line) or OFFER.search(line))


def begins_list(line: str) -> bool:
    """Whether the app announces other articles below; one that it names in the line itself is the last."""
    return is_app(line) and bool(LISTS.match(line)) and not re.search(r":\s*\w", line)


def is_caption(line: str) -> bool:
    """Whether a line describes a picture: it ends in a credit, or says what it is."""
    return word_count(line) <= MOST_WORDS_OF_CAPTION and bool(CREDIT.search(line) or CAPTION.match(line))
