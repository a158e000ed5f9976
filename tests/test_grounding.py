from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.grounding import SUPPORTED, faults, support

QUOTE = "South Korean officers said the missile, fired on November 3, “did not fly normally” after 760 km."


def test_a_statement_in_the_quotes_own_words_is_wholly_supported() -> None:
    assert support("the missile, fired on November 3, “did not fly normally”", [QUOTE]) == 1.0


def test_white_space_does_not_matter() -> None:
    assert support("One sentence. Another.", ["One\n\n sentence.", "Another."]) == 1.0


@pytest.mark.parametrize(
    ("statement", "stranger"),
    [
        ("The missile flew 900 km.", "900"),
        ("Officers of Japan said the missile did not fly normally.", "Japan"),
        ("South Korean officers said the missile “crashed at once”.", "crashed at once"),
    ],
)
def test_a_number_name_or_quotation_that_is_not_quoted_is_refused(statement: str, stranger: str) -> None:
    assert any(stranger in fault for fault in faults(statement, [QUOTE]))
    assert support(statement, [QUOTE]) < SUPPORTED


def test_what_the_quotes_share_with_a_statement_counts() -> None:
    near, far = "The missile flew abnormally after launch.", "Schools closed early because of heavy snow."
    assert support("The missile did fly.", ["The missile did not land. It did fly."]) > SUPPORTED
    assert support(near, [QUOTE]) > support(far, [QUOTE])


def test_nothing_supports_nothing() -> None:
    assert support("", [QUOTE]) == support("Words.", []) == support("…", ["…"]) == 0.0


@given(st.text(), st.lists(st.text()))
def test_support_lies_between_0_and_1(statement: str, quotes: list[str]) -> None:
    assert 0.0 <= support(statement, quotes) <= 1.0


@given(st.text(alphabet="abc AB19.,“”\n", min_size=1).filter(lambda t: any(c.isalnum() for c in t)), st.text())
def test_any_stretch_of_a_quote_is_supported_by_it(statement: str, rest: str) -> None:
    assert support(statement, [statement + " " + rest]) == 1.0


@pytest.mark.parametrize(
    ("statement", "quote", "word"),
    [
        ("The bank has cut 12 jobs.", "The bank has cut 14 jobs.", "12"),
        ("The bank opened in May 2020.", "The bank opened in June 2020.", "May 2020"),
        ("Ada Holm has left the bank.", "Ida Berg has left the bank.", "Ada Holm"),
        ("The bank has not cut jobs.", "The bank has cut jobs.", "not"),
    ],
)
def test_a_fault_is_told_in_words(statement: str, quote: str, word: str) -> None:
    assert any(word in line for line in faults(statement, [quote]))
    assert faults(quote, [quote]) == []


@given(st.integers(10, 10**6), st.integers(10, 10**6))
def test_another_number_is_always_a_fault(number: int, other: int) -> None:
    told = faults(f"The bank cut {number} jobs.", [f"The bank cut {other} jobs."])
    assert bool(told) == (number != other)


@pytest.mark.parametrize(("digits", "words"), [("23", "twenty-three"), ("1,200,000", "1.2 million"), ("12", "a dozen")])
def test_a_number_is_the_same_in_digits_and_in_words(digits: str, words: str) -> None:
    assert faults(f"It sold {digits} boats.", [f"It has sold {words} boats."]) == []


GATES = (
    "Lionel Broome, the county’s chief engineer, said the gates had been opened by a third. Amira Sowden, whose "
    "launderette was destroyed, said the new times did not satisfy her."
)
BRIDGE = (
    "“I will not gamble with a bridge that carries school buses,” said mayor Odile Brandvold. Casimir Thorne, who "
    "leads the opposition, said one lane could safely have been kept open."
)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Lionel Broome said the gates had been opened by a third.", GATES),
        ("The gates had been opened by a third, Broome said.", GATES),
        ("According to Broome, the gates had been opened by a third.", GATES),
        ("The mayor said she would not gamble with a bridge that carries school buses.", BRIDGE),
        ("South Korea said the missile “did not fly normally”.", QUOTE),
    ],
)
def test_words_are_left_to_the_one_who_said_them(statement: str, quote: str) -> None:
    assert faults(statement, [quote]) == []
    assert support(statement, [quote]) >= SUPPORTED


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Amira Sowden said the gates had been opened by a third.", GATES),
        ("According to Amira Sowden, the gates had been opened by a third.", GATES),
        ("Lionel Broome said the new times did not satisfy her.", GATES),
        ("Casimir Thorne said he would not gamble with a bridge that carries school buses.", BRIDGE),
        ("Odile Brandvold said one lane could safely have been kept open.", BRIDGE),
    ],
)
def test_words_given_to_somebody_else_are_refused(statement: str, quote: str) -> None:
    assert any("is not the one who says so" in fault for fault in faults(statement, [quote]))
    assert support(statement, [quote]) < SUPPORTED


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Holm left the bank in March 2014.", "It was in March 2014, after a year of losses, that Holm left the bank."),
        ("Holm led the team in the 2018–19 season.", "In the 2018-2019 season, Holm led the team."),
        ("Holm called it “a mess: late and dear,” on Monday.", "On Monday Holm called it “a mess : late & dear”."),
        ("Holm took a 10–7 lead.", "Holm holds a 10-7 lead; Berg took five of the nine games and needs eight more."),
        ("The Libyan ferry sank.", "Off Libya, the ferry sank."),
        ("Holm read to the crowd.", "“No. 1!” the crowd cried, and Holm read to the crowd."),
        ("Holm left the bank on 3 April 2011.", "In 2011 the bank lost its head: Holm left it on April 3rd."),
        ("Holm called it “a mess […] and dear”.", "Holm called it “a mess, late, and, one may say, and dear”."),
        ("Holm swam at the Olympics.", "Holm swam in the Olympic pool."),
        ("Holm swam at the 2016 Olympics.", "Holm swam at the 2016 Olympic Games."),
        (
            "The law is for private employee unions as well as public.",
            "The law covers public as private employee unions.",
        ),
        ("Staring at a loss, Holm sold the bank.", "Holm, who stared at a loss, sold the bank."),
        ("Workshops are free on Mondays.", "The workshop on Monday is free."),
        ("The U.S Senate passed the bill.", "The U.S. Senate passed the bill."),
        ("Holm made “The Last Ferry: Part 2”.", "Holm made “Part 2” of “The Last Ferry”."),
        ("Holm, the head of the bank, announced the plan.", "The bank announced the plan. “It helps,” Holm said."),
        ("Holm was working with Berg.", "Holm was at work with Berg, who wrote ‘Never Working Again’."),
        ("Holm beat Berg 5–4.", "Four had hoped to see Holm beaten by five; Berg lost the game, which ended 5-4."),
    ],
)
def test_a_way_of_writing_is_no_fault(statement: str, quote: str) -> None:
    assert faults(statement, [quote]) == []


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Holm left the bank in March 2015.", "It was in March 2014, after a year of losses, that Holm left the bank."),
        ("Holm led the team in the 2017–18 season.", "In the 2018-2019 season, Holm led the team."),
        ("Holm took a 10–8 lead.", "Holm holds a 10-7 lead; Berg took five of the nine games and needs eight more."),
        ("The Lebanese ferry sank.", "Off Libya, the ferry sank."),
        ("Holm left the bank on 3 April 2012.", "In 2011 the bank lost its head: Holm left it on April 3rd."),
        ("Holm called it “a mess […] and cheap”.", "Holm called it “a mess, late, and, one may say, and dear”."),
        ("Holm said “we will […] close the mine”.", "Holm said: “We will not close the mine.”"),
        ("Holm said “the mine … we will”.", "Holm said: “We will close the mine.”"),
        ("Manning resigned over the fraud.", "Jones resigned over the fraud."),
        ("Beijing signed the deal on Monday.", "Moscow signed the deal on Monday."),
        ("Williams resigned on Monday.", "William resigned on Monday."),
        ("Woods was arrested near the lake.", "A man was arrested near the wood by the lake."),
        ("Holm made “The Last Train: Part 2”.", "Holm made “Part 2” of “The Last Ferry”."),
        ("Berg, the head of the bank, announced the plan.", "The shop announced the plan. “It helps,” Holm said."),
        ("Rovers beat City 2–1.", "Rovers beat City 3-0. United drew with Town, who lost 2-1 a week ago."),
        ("Holm won and Berg lost.", "Berg won and Holm lost."),
        ("Profits rose and costs fell.", "Profits fell and costs rose."),
        ("The tax passed 7–2.", "The park was approved 7-2 by members. The tax passed 5-4."),
    ],
)
def test_what_is_written_otherwise_and_means_something_else_is_one(statement: str, quote: str) -> None:
    assert faults(statement, [quote])


def test_a_month_is_of_the_year_that_is_nearest_to_the_day_of_publication() -> None:
    quotes = ["The first debate is planned for June.", "The last one was held in November."]
    assert not faults("The first debate is planned for June 2019.", quotes, [date(2018, 12, 20)])
    assert not faults("The last one was held in November 2018.", quotes, [date(2019, 1, 5)])
    assert faults("The last one was held in November 2019.", quotes, [date(2019, 1, 5)])


def test_a_year_from_elsewhere_is_no_day_s_where_the_day_of_publication_is_known() -> None:
    quotes = ["The vote was held on 2 November.", "The town hall burned down in 1987."]
    statement = "The vote was held on 2 November 1987."
    assert faults(statement, quotes, [date(2022, 11, 3)])
    assert not faults("The vote was held on 2 November 2022.", quotes, [date(2022, 11, 3)])
