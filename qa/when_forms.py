"""The forms in which a question names a time, and the days that each stands for. Pure rules for English.

Unlike the forms of a report, those of a question are typed in haste: in any case, often without a year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from qa.types import MONTHS

Days = tuple[date, date]

NUMBERS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 5}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each, in the north."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%:])"
YEAR = r"(?:19|20)\d\d(?!\d)"
SEASON = "|".join(SEASONS)
COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))})"
UNIT = r"(?:hour|day|week|fortnight|month|year)"

FORMS: dict[str, str] = {
    "iso": rf"(?P<iso>{YEAR}-[01]\d-[0-3]\d)",
    "day": rf"(?:the\s+)?(?P<d_day>{DAY})\s+(?:of\s+)?(?P<d_month>{MONTH})(?:,?\s+(?P<d_year>{YEAR}))?|"
    rf"(?P<m_month>{MONTH})\s+(?:the\s+)?(?P<m_day>{DAY})(?:,?\s+(?P<m_year>{YEAR}))?",
    "month": rf"(?:(?P<mo_part>early|mid|late|the start of|the end of)[\s-]+)?(?:(?P<mo_which>last|this|"
    rf"next)\s+)?(?P<mo_month>{MONTH})"
    rf"(?:,?\s+(?:of\s+)?(?P<mo_year>{YEAR}))?",
    "weekday": rf"(?:(?P<wd_which>last|next|this)\s+)?(?P<wd_day>{'|'.join(WEEKDAYS)})(?:\s+(?:morning|afternoon|"
    rf"evening|night))?\b",
    "word": r"(?P<word>the day before yesterday|yesterday|today|tonight|tomorrow|last night|this (?:morning|"
    r"afternoon|evening))\b",
    "span": r"(?P<sp_which>last|this|next|the previous|the following)\s+(?P<sp_unit>weekend|week|month|year|"
    r"quarter|fortnight)\b|"
    r"(?:over|at|on)\s+(?P<weekend>the\s+weekend)\b",
    "past": rf"(?:the\s+)?(?:last|past|previous)\s+(?P<pa_count>{COUNT})\s+(?P<pa_unit>{UNIT})s?\b|the\s+(?:last|"
    rf"past)\s+(?P<pb_unit>{UNIT})\b",
    "ago": rf"(?P<ag_count>{COUNT})\s+(?P<ag_unit>{UNIT})s?\s+ago\b",
    "season": rf"(?:(?P<se_which>last|this|next)\s+|(?:the\s+)?(?={SEASON}))(?P<se_name>{SEASON})\b"
    rf"(?:\s+(?:of\s+)?(?P<se_year>{YEAR}))?",
    "year": rf"(?P<year>{YEAR})(?!\s*(?:people|miles|men|women|feet|jobs|homes))",
}
FORM = "|".join(f"(?P<{name}_form>{form})" for name, form in FORMS.items())
ONE = re.compile(FORM, re.IGNORECASE)


def _iso(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days:
    day = date.fromisoformat(match["iso"])
    return day, day


def _day(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days | None:
    month = _month_number(match["d_month"] or match["m_month"])
    number = int(re.sub(r"\D", "", match["d_day"] or match["m_day"]))
    named = match["d_year"] or match["m_year"]
    if named or year:
        day = date(int(named or year or 0), month, number)
        return day, day
    days = [date(y, month, number) for y in (today.year - 1, today.year, today.year + 1) if _is_day(y, month, number)]
    return _latest([(day, day) for day in days], today, ahead)


def _month(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days | None:
    month, which = _month_number(match["mo_month"]), (match["mo_which"] or "").lower()
    if match["mo_year"] or year:
        days = _month_of(int(match["mo_year"] or year or 0), month)
    elif which == "last":
        days = _month_of(today.year - (month >= today.month), month)
    elif which:
        days = _month_of(today.year + (which == "next" and month <= today.month), month)
    else:
        days = _latest([_month_of(y, month) for y in (today.year - 1, today.year, today.year + 1)], today, ahead)
    part = (match["mo_part"] or "").lower()
    if part in ("early", "the start of"):
        return days[0], days[0] + timedelta(9)
    if part in ("late", "the end of"):
        return days[0] + timedelta(19), days[1]
    return (days[0] + timedelta(9), days[0] + timedelta(19)) if part else days


def _weekday(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days:
    day = WEEKDAYS.index(match["wd_day"].lower())
    back, on = (today.weekday() - day) % 7, (day - today.weekday()) % 7
    which = (match["wd_which"] or "").lower()
    shift = -(back or 7) if which == "last" else (on or 7) if which == "next" else on if ahead or which else -back
    return (today + timedelta(shift),) * 2


def _word(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days:
    word = match["word"].lower()
    shift = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    return (today + timedelta(shift),) * 2


def _span(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days:
    which = {"last": -1, "the previous": -1, "this": 0}.get((match["sp_which"] or "last").lower(), 1)
    unit = (match["sp_unit"] or "weekend").lower()
    if unit == "weekend":
        latest = today - timedelta((today.weekday() - 5) % 7)
        first = latest + timedelta(7 * (which + (today.weekday() < 5)))
        return first, first + timedelta(1)
    if unit in ("week", "fortnight"):
        long = 7 if unit == "week" else 14
        first = today - timedelta(today.weekday()) + timedelta(long * which)
        return first, first + timedelta(long - 1)
    if unit == "month":
        return _month_of(*_shifted(today, which))
    if unit == "quarter":
        first_year, first_month = _shifted(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * which)
        end_year, end_month = _shifted(date(first_year, first_month, 1), 2)
        return date(first_year, first_month, 1), _month_of(end_year, end_month)[1]
    return _year_of(today.year + which)


def _past(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days:
    return _back(today, _count(match["pa_count"] or "a"), (match["pa_unit"] or match["pb_unit"]).lower()), today


def _ago(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days:
    unit = match["ag_unit"].lower()
    day = _back(today, _count(match["ag_count"]), unit)
    if unit in ("week", "fortnight"):
        return day - timedelta(day.weekday()), day + timedelta(6 - day.weekday())
    if unit == "month":
        return _month_of(day.year, day.month)
    return _year_of(day.year) if unit == "year" else (day, day)


def _season(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days | None:
    first = SEASONS[match["se_name"].lower()]
    which = (match["se_which"] or "").lower()
    if match["se_year"] or year:
        return _season_of(int(match["se_year"] or year or 0), first)
    spans = [_season_of(y, first) for y in (today.year - 2, today.year - 1, today.year, today.year + 1)]
    if which == "last":
        return max(span for span in spans if span[1] < today)
    return _latest(spans, today, ahead or which == "next")


def _year(match: re.Match[str], today: date, ahead: bool, year: int | None) -> Days:
    return _year_of(int(match["year"]))


RULES: dict[str, Callable[[re.Match[str], date, bool, int | None], Days | None]] = {
    "iso": _iso,
    "day": _day,
    "month": _month,
    "weekday": _weekday,
    "word": _word,
    "span": _span,
    "past": _past,
    "ago": _ago,
    "season": _season,
    "year": _year,
}


def _latest(spans: list[Days], today: date, ahead: bool) -> Days:
    """The latest span that has begun; of what is to come, the next."""
    if ahead:
        return min(span for span in spans if span[1] >= today)
    return max(span for span in spans if span[0] <= today)


def _month_number(word: str) -> int:
    return next(n for n, month in enumerate(MONTHS, start=1) if month.lower().startswith(word[:3].lower()))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _back(today: date, count: int, unit: str) -> date:
    if unit in ("month", "year"):
        year, month = _shifted(today, -count * (12 if unit == "year" else 1))
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    days = {"hour": -(-count // 24), "day": count, "week": 7 * count, "fortnight": 14 * count}[unit]
    return today - timedelta(days)


def _is_day(year: int, month: int, day: int) -> bool:
    return day <= monthrange(year, month)[1]


def _month_of(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _season_of(year: int, first: int) -> Days:
    end_year, end_month = _shifted(date(year, first, 1), 2)
    return date(year, first, 1), _month_of(end_year, end_month)[1]


def _year_of(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def years_on(days: Days, years: int) -> Days:
    """Days whose first is some years on."""
    return days[0].replace(year=days[0].year + years), days[1]


def _shifted(day: date, months: int) -> tuple[int, int]:
    """The year and month that many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1
