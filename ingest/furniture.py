"""What stands around the paragraphs of a page's article in its text: its title again, bylines, pleas, links. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.app import ENDS, begins_list, is_app, is_caption
from ingest.dates import is_date_line
from ingest.people import BY
from ingest.words import word_count

HEAD = 8
"""Lines at the top among which a page's own words about its article are sought."""

MOST_ABOVE_TITLE = 30
"""Words above a repeated title that can be a section, a kicker or a menu, and not an article."""

TAIL = 12
"""Lines at the end among which pleas and notes are sought."""

MOST_WORDS = 30
"""Words of a line that points at another article, or asks for something; more than that, and it says something too."""

MOST_AFTER_LIST = 0.2
"""Share of a text's words that a list of other articles may have."""

AT_TOP = re.compile(
    r"(?:\W*(?:\d+\s*[-–]?\s*min(?:ute)?s?(?:\s+read)?|(?:reading|read) time\b.*|(?:back to )?(?:the )?blog|home|"
    r"share(?: this)?(?: \w+)?|(?:table of )?contents|tags?|summary|introduction:? ?|posted (?:on|by)|written by|"
    r"(?:last )?updated(?: (?:on|at))?|published(?: on)?|author|minutes?|advertis\w+))\W*",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\W*(?:(?:this (?:post|article|page|story) was )?(?:last |first |originally )?"
    r"(?:updated|published|posted|modified|written|submitted)\b).{0,60}",
    re.IGNORECASE,
)
POINTER = re.compile(
    r"[\s\W]*(?:(?:can )?(?:also|must)[ -](?:read|see|watch)|read (?:more|also|next|now)|see (?:also|more)|"
    r"related(?: (?:stor(?:y|ies)|articles?|reading|coverage|links?|posts?))?|also|more|don[’']t miss|"
    r"you (?:may|might) also (?:like|be interested(?: in)?)|recommended|watch|listen|download|explore further|"
    r"leggi anche|lire aussi|lesen sie auch|lea también|leia também|lees ook)"
    r"(?: (?:su|here|on))?\s*(?:[:|»→]|$)",
    re.IGNORECASE,
)
PLEA = re.compile(
    r"\bsign(?:ing)?[ -]up\b.{0,60}\b(?:newsletters?|e-?mails?|alerts?|inbox|updates|deals|today|now|here|sign in)\b|"
    r"\bnewsletters?\b.{0,60}\b(?:sign up|subscribe|inbox|join)\b|"
    r"\b(?:sent|delivered|straight|right) to your (?:inbox|device|door|letterbox|in-?box)\b|\bin your inbox\b|"
    r"^\W*(?:subscribe|sign up|join|follow|like) (?:to|for|us|our|the|now|today|on|@\w+|[\w.]+ on)\b|"
    r"\bfollow (?:us|me|him|her|them|[\w.’' ]{2,40}) (?:on|@) ?(?:twitter|x|facebook|instagram|telegram|threads|google|"
    r"linkedin|youtube|tiktok|bluesky|social|@)|"
    r"\bsubscrib\w+ (?:now|today|here|for)\b|\bclick(?:ing)? here\b.{0,40}(?:subscribe|more|sign|read|download)?|"
    r"\b(?:get|be) in touch\b.{0,60}(?:@|\bemail|\bcontact)|\b(?:got|have|do you have) a (?:story|tip)\b|"
    r"\bfor more (?:stories|news|information|details)\b.{0,40}\b(?:visit|check|see|click|go to|contact|please)\b|"
    r"\b(?:to|before) comment(?:ing)?\b|\bcomment (?:on this|policy|below)\b|\bdisplay name\b|\bcomment policy\b|"
    r"\ball rights reserved\b|^\W*(?:copyright|©|ⓒ)|\bpersonal, non-?commercial use\b|\breprints?\b.{0,40}\bvisit\b|"
    r"\bthis (?:article|story) has been sent\b|^\W*thank you\W*$|\bplease (?:try again|log ?(?:in|out))|"
    r"\btry again later\b|\bsomething went wrong\b|\bthank you for (?:subscribing|signing up)\b|"
    r"\bwhat do you think\b.{0,30}\?|\btell us what you think\b|\blet us know\b.{0,40}\bcomments?\b|"
    r"\baffiliate (?:links?|commission)\b|\bearn (?:a|an|us a)? ?(?:small )?commission\b|"
    r"\balready (?:have an account|a (?:subscriber|member))\b|\bbookmark\b.{0,40}\b(?:our|us|site|\.com)\b|"
    r"\bsupport (?:our|independent|quality) journalism\b|\bget (?:full|unlimited|free) access\b|"
    r"\bdownload (?:our|the) .{0,20}app\b|\bbook a (?:free )?demo\b|\bfree trial\b|\bshare (?:this|on)\b|"
    r"\benjoyed this (?:piece|post|article)\b|\bget the latest\b.{0,60}",
    re.IGNORECASE,
)
TERMS = re.compile(
    r"\baffiliate (?:links?|commission)\b|\bearn (?:a|an|us a)? ?(?:small )?commission\b|"
    r"\bpersonal, non-?commercial use\b|\bsent to your inbox\b",
    re.IGNORECASE,
)
CREDITS = re.compile(
    r"\W*(?:(?:additional )?(?:reporting|writing|editing|compiled|edited|translated) (?:and \w+ )?(?:by|from)\b|"
    r"(?:with )?(?:additional )?reporting (?:by|from)\b|with (?:inputs|files|agency)\b|"
    r"(?:source|sources|contact|e-?mail|tags?|topics?|keywords|filed under|categories|share|comments?|our standards|"
    r"write to|reach (?:the|out)|first published|originally published|this (?:article|story) (?:was|is|first) "
    r"(?:originally )?(?:published|republished|produced|written)|updated (?:at|on))(?:\b|:))",
    re.IGNORECASE,
)
CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting|to this (?:report|story|article))\b|\breported from [A-Z]|"
    r"\breporting (?:by|from) [A-Z]"
)
BIOGRAPHY = re.compile(r",? (?:is|was|has|covers|writes|reports|works|joined|leads)\b")
PICTURED = re.compile(
    r"(?:pictured (?:right|left|above|below|here|at|from|with|on)|(?:from|clockwise from) (?:top )?left)\b",
    re.IGNORECASE,
)
PICTURE_OF = re.compile(r"(?:image|photo|picture|photograph)s?(?: (?:by|credit))?\s*:", re.IGNORECASE)
SHORTCODE = re.compile(r"\[\w+ \w+=")
NUMBERED = re.compile(r"\d+[.)]\s")
FEWEST_TO_REPEAT = 8
NO_WORDS = re.compile(r"[\W_]+|https?://\S+|\d{4}-\d\d-\d\dT[\d:.+Z-]+")


def without_furniture(
    lines: Sequence[str], known: Collection[str | None] = (), people: Collection[str] = ()
) -> list[str]:
    """The lines of an article without what the page says around them. `known` are the title and the other words that
    the page states of the article, in whichever form; `people` are its authors.
    """
    shown = {_plain(words) for words in known if words} - {""}
    lines = _without_list(list(lines))
    lines = [line for line, after in zip(lines, [*lines, ""][1:], strict=True) if not _is_beside(line, after)]
    lines = _without_top(_once(lines), shown)
    lines = [line for line in lines if not (POINTER.match(line) and word_count(line) <= MOST_WORDS)]
    return _without_end(lines, [name for name in people if name])


def _is_beside(line: str, after: str) -> bool:
    """Whether a line is the app's, or a caption, which the line `after` it may give away by crediting a picture."""
    if NUMBERED.match(line):
        return False
    caption = is_caption(line) or bool(PICTURED.match(line))
    credited = bool(PICTURE_OF.match(after)) and word_count(line) <= MOST_WORDS
    return is_app(line) or caption or credited or bool(NO_WORDS.fullmatch(line) or SHORTCODE.match(line))


def _once(lines: Sequence[str]) -> list[str]:
    """The lines without the long ones that were there before: captions repeat what they illustrate, and some pages
    hold their article twice, for two kinds of screen.
    """
    seen: set[str] = set()
    kept = []
    for line in lines:
        if word_count(line) < FEWEST_TO_REPEAT or line.startswith("|") or _plain(line) not in seen:
            kept.append(line)
        seen.add(_plain(line))
    return kept


def _without_top(lines: list[str], shown: Collection[str]) -> list[str]:
    titles = [n for n, line in enumerate(lines[:HEAD]) if _plain(line) in shown]
    above = sum(word_count(line) for line in lines[: titles[0]]) if titles else 0
    if titles and above <= MOST_ABOVE_TITLE:
        lines = lines[titles[0] :]
    top = [line for line in lines[:HEAD] if not (_plain(line) in shown or _is_of_head(line))]
    return [*top, *lines[HEAD:]]


def _is_of_head(line: str) -> bool:
    if word_count(line) > 14:
        return word_count(line) <= 2 * MOST_WORDS and bool(TERMS.search(line))
    return bool(AT_TOP.fullmatch(line) or DATED.fullmatch(line) or is_date_line(line)) or (
        bool(BY.match(line)) and not ENDS.search(line)
    )


def _without_list(lines: list[str]) -> list[str]:
    """The lines up to a list of other articles with which the text ends."""
    total = sum(map(word_count, lines))
    for number, line in enumerate(lines):
        rest = lines[number + 1 :]
        ends = begins_list(line) and all(word_count(each) <= MOST_WORDS for each in rest)
        if ends and sum(map(word_count, rest)) <= MOST_AFTER_LIST * total:
            return lines[:number]
    return lines


def _without_end(lines: list[str], people: Sequence[str]) -> list[str]:
    """The lines without the pleas, credits and notes on the authors below the last paragraph."""
    kept, end = lines[:-TAIL], lines[-TAIL:]
    while end and _is_of_end(end[-1], people):
        end.pop()
    return [*kept, *end]


def _is_of_end(line: str, people: Sequence[str]) -> bool:
    words = word_count(line)
    name = next((name for name in people if line.startswith(name)), None)
    if name and (len(line) <= len(name) + 2 or BIOGRAPHY.match(line[len(name) :])):
        return True
    if CONTRIBUTED.search(line) or CREDITS.match(line):
        return words <= 2 * MOST_WORDS
    return bool(PLEA.search(line)) and words <= 2 * MOST_WORDS


def _plain(text: str) -> str:
    """A text by its letters and digits alone."""
    return "".join(re.findall(r"\w+", text)).casefold()
