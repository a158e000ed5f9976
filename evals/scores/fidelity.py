"""Whether the numbers, dates and names that an answer states stand in the quotes that it rests on.

News gets these wrong first, and a sentence can be mostly right around a wrong one. Each statement is held to its own
quotes. All statements count, even beside an abstention: whatever is shown must hold. What is added in brackets, which
may come from elsewhere in the article, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.scores.dates import dates_in, without_dates
from evals.scores.names import names_in, words_for_names
from evals.scores.numbers import Reading, numbers_in
from evals.scores.text import words
from qa.answer import Answer

Check = Callable[[str, Sequence[str]], list[bool]]
"""For each number, date or name of a statement, whether these quotes hold it."""


def number_fidelity(answer: Answer) -> float | None:
    """The share of the statements' numbers that stand in the statement's own quotes; `None` without numbers.

    Digits and words are compared by value ("twelve" is "12", "2.5 million" is "2,500,000"). The numbers of dates are
    left to `date_fidelity`, and a date of the quotes holds no number but its year: "7 hurt" isn't in "7 November".
    """
    return _share(answer, _numbers)


def date_fidelity(answer: Answer) -> float | None:
    """The share of the statements' dates that stand in the statement's own quotes; `None` without dates.

    A date stands there when one date of the quotes has all of its parts: "7 November" in "November 7, 2022", but not
    the other way round. A year alone may also stand there as a number.
    """
    return _share(answer, _dates)


def name_fidelity(answer: Answer) -> float | None:
    """The share of the statements' names all of whose words stand in the statement's own quotes; `None` without names.

    Case and a possessive 's don't matter. What counts as a name is in `evals.scores.names`.
    """
    return _share(answer, _names)


def _share(answer: Answer, check: Check) -> float | None:
    held = [held for s in answer.statements for held in check(s.words, [quote.text for quote in s.quotes])]
    return sum(held) / len(held) if held else None


def _numbers(text: str, quotes: Sequence[str]) -> list[bool]:
    known = {reading for quote in quotes for reading in _readings(without_dates(quote))}
    known |= {said for quote in quotes for date in dates_in(quote) for part, said in date.parts if part == "year"}
    return [not number.isdisjoint(known) for number in numbers_in(without_dates(text))]


def _dates(text: str, quotes: Sequence[str]) -> list[bool]:
    known = [date.parts for quote in quotes for date in dates_in(quote)]
    known += [frozenset({("year", reading)}) for quote in quotes for reading in _readings(quote)]
    return [any(date.parts <= parts for parts in known) for date in dates_in(text)]


def _names(text: str, quotes: Sequence[str]) -> list[bool]:
    known = {word for quote in quotes for word in words_for_names(quote)}
    return [set(words(name)) <= known for name in names_in(text)]


def _readings(text: str) -> set[Reading]:
    return {reading for number in numbers_in(text) for reading in number}
