"""The forms in which English news names a time, as one pattern. Pure.

The last group of a match that closed is its form: `iso`, `day_first` and so on; groups within it have its initials.
"""

from __future__ import annotations

import re

NUMBERS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May(?! (?:be|have|not|also|well|soon|yet)\b)|"
    r"June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%:]|[.,]\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
PART = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|lunchtime))?"
COUNT = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)})"
TO = r"\s*(?:-|–|to|and|until|through)\s*"

WHICH = r"[Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:past|coming))?"
AGE = r"(?:[Ee]arly|[Ll]ate|[Mm]id)[ -]"

START = (
    rf"(?<![\w-])(?=\d|[JFMASOND][a-z]{{2}}|[TW][uhe][a-z]+day|[LlNnTt](?:ast|ext|his)\s|[Yy]esterday|"
    rf"[Tt]o(?:day|morrow|night)|{COUNT}\s+(?:day|week|month|year)|[Tt]he\s+(?:last|past|weekend)|{AGE})"
)
"""Tried first at each word, since it fails fast."""

FORMS = (
    r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d(?![\d-]))",
    rf"(?P<day_first>(?:(?P<df_weekday>{WEEKDAY}),?\s+)?(?<!\d[.,:])(?:(?P<df_from>{DAY}){TO})?(?P<df_day>{DAY})"
    rf"\s+(?:of\s+)?(?P<df_month>{MONTH})(?:,?\s+(?P<df_year>{YEAR}))?)",
    rf"(?P<month_first>(?:(?P<mf_weekday>{WEEKDAY}),?\s+)?(?P<mf_month>{MONTH})\s+(?P<mf_day>{DAY})"
    rf"(?:{TO}(?P<mf_to>{DAY})(?!\s+(?:of\s+)?{MONTH}))?(?:,?\s+(?P<mf_year>{YEAR}))?)",
    rf"(?P<month_year>(?P<my_month>{MONTH}),?\s+(?:of\s+)?(?P<my_year>{YEAR}))",
    rf"(?P<relative_month>(?P<rm_which>{WHICH})\s+(?P<rm_month>{MONTH}))",
    rf"(?P<weekday>(?:(?P<wd_which>{WHICH})\s+)?(?P<wd_day>{WEEKDAY}){PART}(?:\s+(?P<wd_week>last|next|this)\s+week)?)",
    rf"(?P<relative_day>(?P<rd_word>[Yy]esterday|[Tt]omorrow|[Tt]oday|[Tt]onight){PART}|(?P<rd_last>[Ll]ast)\s+night|"
    r"[Tt]his\s+(?:morning|afternoon|evening))",
    r"(?P<relative_span>(?P<rs_which>[Ll]ast|[Nn]ext|[Tt]his)\s+(?P<rs_unit>weekend|week|month|year)\b)",
    r"(?P<weekend>(?:(?<=[Oo]ver )|(?<=[Aa]t ))the\s+weekend)",
    rf"(?P<ago>(?P<ag_count>{COUNT})\s+(?P<ag_unit>day|week|month|year)s?\s+ago)",
    rf"(?P<past>[Tt]he\s+(?:last|past)\s+(?:(?P<pa_count>{COUNT})\s+)?(?P<pa_unit>day|week|month|year)s?\b)",
    r"(?P<decade>(?<=[Tt]he )(?P<de_year>(?:1[5-9]|20)\d0)s\b)",
    rf"(?P<month>(?P<mo_until>(?<=[Uu]ntil )(?:{AGE})?{MONTH})|(?:(?<=\b[Ii]n )|(?<=[Ss]ince )){MONTH}|{AGE}{MONTH})",
    r"(?P<year>(?:(?<=\b(?:[Ii]n|[Bb]y|[Oo]f) )|(?<=\b(?:[Ss]ince|[Uu]ntil|[Aa]fter|[Ee]arly) )|"
    r"(?<=\b(?:[Ff]rom|[Ll]ate) )|(?<=\b(?:[Dd]uring|[Bb]efore) ))"
    rf"{YEAR}(?!\s*(?:-|–|[a-z]{{3,}}s\b|(?:people|miles|men|women|feet)\b)))",
)
FORM = re.compile(f"{START}(?:{'|'.join(FORMS)})")
