from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.moments import moments

PUBLISHED = datetime(2022, 11, 9, 15, 0, tzinfo=UTC)
"""A Wednesday; the Monday of its week is 7 November."""

DATES = """
The treaty was signed on [2 November 2021]. = 2021-11-02
The treaty was signed on [November 2, 2021]. = 2021-11-02
The treaty was signed on [2 Nov 2021]. = 2021-11-02
The treaty was signed on [Nov. 2, 2021], in Hallam. = 2021-11-02
The treaty was signed on the [2nd of November 2021]. = 2021-11-02
The treaty was signed on [November 2nd, 2021]. = 2021-11-02
The treaty was signed on [Tuesday, November 2, 2021]. = 2021-11-02
The treaty was signed on [Tuesday 2 November 2021]. = 2021-11-02
Filed on [2021-11-02], the claim failed. = 2021-11-02
He was born on [3 May 1961] and died on [1 January 2000]. = 1961-05-03; 2000-01-01
The fair runs from [2–8 November 2022]. = 2022-11-02..2022-11-08
The fair runs [November 2-8, 2022]. = 2022-11-02..2022-11-08
The fair ran from [2 to 8 November]. = 2022-11-02..2022-11-08
The leap day, [29 February 2020], was wet. = 2020-02-29
Rain fell in [November 2021]. = 2021-11-01..2021-11-30
Rain fell in [Feb. 2020]. = 2020-02-01..2020-02-29
Rain fell in [March, 2019], too. = 2019-03-01..2019-03-31
The bridge opened in [1998]. = 1998-01-01..1998-12-31
Prices have doubled since [2015]. = 2015-01-01..2015-12-31
The plan is to halve it by [2030]. = 2030-01-01..2030-12-31
The crisis of [2008] hit the town. = 2008-01-01..2008-12-31
In the [1990s], the mill closed. = 1990-01-01..1999-12-31
The raid on [November 2] failed. = 2022-11-02
The raid on [2 November] failed. = 2022-11-02
The raid on [Nov. 2] failed. = 2022-11-02
It was passed after the [September 11] terrorist attacks. = 2001-09-11
The [Jan. 6] committee met. = 2021-01-06
The [Oct. 7] attack on the harbour failed. = 2022-10-07
The raid on [June 14] failed. = 2022-06-14
The raid on [14 June] failed. = 2022-06-14
The raid on [March 15] failed. = 2022-03-15
The raid on [November 9] failed. = 2022-11-09
It was [Tuesday, November 1], and it rained. = 2022-11-01
It was [Thursday, December 30], and it rained. = 2021-12-30
The fair on [December 20] is the last. = 2022-12-20
The vote will be held on [March 15]. = 2023-03-15
The vote is due on [14 June]. = 2023-06-14
The trial is scheduled for [January 9]. = 2023-01-09
The shells fell on [Thursday]. = 2022-11-03
The shells fell on [Wednesday]. = 2022-11-09
The shells fell on [Tuesday]. = 2022-11-08
The shells fell on [Monday night]. = 2022-11-07
The shells fell on [Sunday morning]. = 2022-11-06
The shells fell late [Saturday]. = 2022-11-05
[Friday]’s launch failed. = 2022-11-04
Police said on [Monday] that two men had gone. = 2022-11-07
The ministry said [Tuesday] it would act. = 2022-11-08
Korda, who will retire, said on [Friday] that he was well. = 2022-11-04
The council will vote on [Friday]. = 2022-11-11
The council is to meet on [Thursday]. = 2022-11-10
The strike is due to end on [Monday]. = 2022-11-14
The strike will last until [Sunday]. = 2022-11-13
Rain is expected on [Saturday]. = 2022-11-12
On [Friday], the council will vote. = 2022-11-11
On [Friday], the council voted. = 2022-11-04
He flew home [last Thursday]. = 2022-11-03
He flew home [last Wednesday]. = 2022-11-02
He flies home [next Tuesday]. = 2022-11-15
He flies home [next Wednesday]. = 2022-11-16
He flies home [this Friday]. = 2022-11-11
The court sat on [Tuesday last week]. = 2022-11-01
The court sits on [Tuesday next week]. = 2022-11-15
The mine closed [last May]. = 2022-05-01..2022-05-31
The mine closed [last November]. = 2021-11-01..2021-11-30
The mine closed [last December]. = 2021-12-01..2021-12-31
The mine closes [next May]. = 2023-05-01..2023-05-31
The mine closes [next December]. = 2022-12-01..2022-12-31
The mine closes [next November]. = 2023-11-01..2023-11-30
The mine closed in [March]. = 2022-03-01..2022-03-31
The mine closed in [May]. = 2022-05-01..2022-05-31
The mine closed in [early October]. = 2022-10-01..2022-10-31
The mine has been shut since [July]. = 2022-07-01..2022-07-31
The mine will close in [March]. = 2023-03-01..2023-03-31
The mine stays open until [February]. = 2023-02-01..2023-02-28
Snow fell in [November]. = 2022-11-01..2022-11-30
Snow fell in [mid-October]. = 2022-10-01..2022-10-31
The two met [yesterday]. = 2022-11-08
The two met [yesterday morning]. = 2022-11-08
The two meet [tomorrow]. = 2022-11-10
The two met [last night]. = 2022-11-08
The two met [this morning]. = 2022-11-09
The two meet [tonight]. = 2022-11-09
The two met [today]. = 2022-11-09
Prices rose [last week]. = 2022-10-31..2022-11-06
Prices rose [this week]. = 2022-11-07..2022-11-13
Prices rise [next week]. = 2022-11-14..2022-11-20
Prices rose [last month]. = 2022-10-01..2022-10-31
Prices rose [this month]. = 2022-11-01..2022-11-30
Prices rise [next month]. = 2022-12-01..2022-12-31
Prices rose [last year]. = 2021-01-01..2021-12-31
Prices rose [this year]. = 2022-01-01..2022-12-31
Prices rise [next year]. = 2023-01-01..2023-12-31
The crowds came [last weekend]. = 2022-11-05..2022-11-06
The crowds come [this weekend]. = 2022-11-12..2022-11-13
The crowds come [next weekend]. = 2022-11-19..2022-11-20
The crowds came over [the weekend]. = 2022-11-05..2022-11-06
The ship sank [two days ago]. = 2022-11-07
The ship sank [a day ago]. = 2022-11-08
The ship sank [three weeks ago]. = 2022-10-17..2022-10-23
The ship sank [a month ago]. = 2022-10-01..2022-10-31
The ship sank [five years ago]. = 2017-01-01..2017-12-31
It has rained for [the past three days]. = 2022-11-06..2022-11-09
Nine have died in [the last two weeks]. = 2022-10-26..2022-11-09
Nine have died in [the past month]. = 2022-10-09..2022-11-09
Nine have died over [the last 12 months]. = 2021-11-09..2022-11-09
The shells of [October 24] and [November 2] fell north of it. = 2022-10-24; 2022-11-02
"""
CASES = [tuple(line.split(" = ")) for line in DATES.strip().split("\n")]
NO_DATES = """
The Sunday Times has the story.
The shop is shut every Monday.
Sales rose on Black Friday.
They meet on Thursdays.
It may rain, and they may march.
April Summers and June Adair won.
Today’s youth has other cares.
The law fell on 30 February 2021.
About five years ago, the mill closed.
The following day, nobody came.
In 2000 homes the lights went out.
He scored 2 May be more.
The score was 2-1, at 10:15.
The 24 marchers came from 12 villages.
More than 1,990 people fled.
The case number is 12/11/2021.
""".strip().split("\n")  # fmt: skip


def named(text: str, published: datetime | None = PUBLISHED) -> list[tuple[str, str]]:
    found = moments(text, published)
    return [(m.text, f"{m.since}" if m.since == m.until else f"{m.since}..{m.until}") for m in found]


@pytest.mark.parametrize(("marked", "days"), CASES)
def test_a_time_is_found_and_resolved_against_the_publication(marked: str, days: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    assert named(text) == list(zip(re.findall(r"\[(.*?)\]", marked), days.split("; "), strict=True))


@pytest.mark.parametrize("text", NO_DATES)
def test_what_names_no_sure_time_is_left_alone(text: str) -> None:
    assert named(text) == []


def test_there_are_a_hundred_labelled_times() -> None:
    assert sum(marked.count("[") for marked, _ in CASES) >= 100


def test_without_a_publication_time_only_what_names_its_year_is_resolved() -> None:
    text = "On Thursday, November 2 and last May; on November 2, 2021, in May 2020 and in 2019."
    assert [found for found, _ in named(text, None)] == ["November 2, 2021", "May 2020", "2019"]


def test_days_are_those_of_the_zone_of_publication() -> None:
    # 23:30 UTC on the 9th is already the 10th in Seoul.
    seoul = datetime(2022, 11, 10, 8, 30, tzinfo=timezone(timedelta(hours=9)))
    assert named("It fell yesterday.", seoul) == [("yesterday", "2022-11-09")]


def test_in_january_a_bare_date_of_december_is_that_of_the_year_before() -> None:
    assert named("The raid on December 30 failed.", datetime(2023, 1, 4, tzinfo=UTC)) == [("December 30", "2022-12-30")]


def test_a_weekend_is_known_from_within() -> None:
    sunday = datetime(2022, 11, 13, 12, tzinfo=UTC)
    assert named("The crowds came this weekend.", sunday)[0][1] == "2022-11-12..2022-11-13"
    assert named("The crowds came last weekend.", sunday)[0][1] == "2022-11-05..2022-11-06"


WORDS = st.sampled_from(
    "on Thursday last next this May March 2 31 2021 November , . \n two weeks ago the past year since will 2022-11-02 "
    "Tuesday - to and of weekend night today said “ ” 1990s Feb 30 every week in 0".split(" ")
)


@given(
    st.lists(WORDS, max_size=40).map(" ".join) | st.text(),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_a_moment_is_verbatim_and_its_days_are_in_order(text: str, published: datetime | None) -> None:
    found = moments(text, published)
    assert all(m.text == text[m.start : m.end] and m.since <= m.until for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(isinstance(m.since, date) for m in found)
