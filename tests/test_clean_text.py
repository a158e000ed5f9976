from __future__ import annotations

import codecs
import re
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import samples_folder
from ingest.clean import clean
from ingest.decode import decode
from ingest.markdown import markdown_fields
from ingest.plain import plain_fields
from ingest.report import Skipped
from qa.types import Article, Page

NOW = datetime(2026, 11, 22, tzinfo=UTC)
OWNERS = Path(__file__).resolve().parents[2] / "shared" / "articles" / "inkl_daily_mirror.txt"
FIRST = "The lighthouse on Gannet Point was dark on Sunday night after a storm tore the roof off its engine house."
SECOND = "Keeper Ottoline Brask had never seen the like. “The lamp burned in my grandmother’s time,” she said."
LAST = "Divers are to look at the foot of the tower as soon as the swell goes down, which may take until Thursday."
TITLE = "Storm puts out the light on Gannet Point"
BODY = f"{FIRST}\n\n{SECOND}\n\n{LAST}"


def cleaned(text: str | bytes, origin: str = "page.txt") -> Article | Skipped:
    return clean(Page(origin, text), NOW)


def article_of(text: str) -> Article:
    found = cleaned(text)
    assert isinstance(found, Article), found
    return found


def reason_of(text: str | bytes) -> str:
    found = cleaned(text)
    assert isinstance(found, Skipped), found
    return found.reason


def published(head: str, body: str = BODY) -> str | None:
    found = plain_fields(f"{TITLE}\n{head}\n\n{body}", NOW)["published"]
    return found.isoformat() if found else None


@pytest.fixture(scope="module")
def owners() -> str:
    if not OWNERS.exists():
        pytest.skip("the owner's example is not on this machine")
    return OWNERS.read_text(encoding="utf-8")


def test_the_owners_page_is_read_to_the_character(owners: str) -> None:
    lines = [line for line in owners.split("\n\n") if line]
    first = next(n for n, line in enumerate(lines) if line.startswith("North Korean state TV has released"))
    last = next(n for n, line in enumerate(lines) if line.endswith("in a hurry to prove itself.”"))
    article = article_of(owners)
    captions = ("(KCNA VIA KNS/AFP via Getty Image)", "(EyePress News/REX/Shutterstock)")
    assert article.text == "\n\n".join(line for line in lines[first : last + 1] if not line.endswith(captions))
    assert article.title == lines[first - 1]
    assert article.title.startswith("North Korea warns of 'unstable confrontation'")


def test_the_owners_page_states_its_metadata(owners: str) -> None:
    article = article_of(owners)
    assert (article.publisher, article.section, article.authors) == ("Daily Mirror", "World", ("Joe Smith",))
    assert article.published == datetime(2022, 11, 7, tzinfo=UTC)
    assert (article.url, article.modified) == (None, None)


PRESSBOX = {
    "pressbox-23-missiles-one-day.txt": (
        "North Korea fires at least 23 missiles in one day, one landing near South’s waters",
        "Meridian Wire", "Asia", ("Soo-ah Lindqvist", "Marek Dvořák"), datetime(2022, 11, 2, tzinfo=UTC),
    ),
    "pressbox-japan-alert-three-prefectures.txt": (
        "‘Go inside or underground’: Japan wakes three regions with missile alarm",
        "Northfield Gazette", "World", ("Delphine Oakes",), None,
    ),
    "pressbox-missile-debris-9-november.txt": (
        "North Korea fires again as Seoul names the missile it pulled from the sea",
        "The Harbour Courier", "World", ("Freya Holm",), datetime(2022, 11, 9, tzinfo=UTC),
    ),
    "pressbox-port-averin-budget-vote.txt": (
        "Council passes budget by seven votes after quarrel over bridge",
        "The Harbour Courier", "Local", ("Imke Sandoval", "Bram Okonjo"), datetime(2022, 11, 11, 6, 10, tzinfo=UTC),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PRESSBOX)
def test_what_an_app_shows_around_an_article_is_read_and_left_out(name: str) -> None:
    shown = (samples_folder() / name).read_text(encoding="utf-8")
    article = article_of(shown)
    assert (article.title, article.publisher, article.section, article.authors, article.published) == PRESSBOX[name]
    body = shown.split(article.title)[1].split("\n\n")[1:-1]
    assert article.text.split("\n\n") == [line for line in body if not line.endswith(")")]


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ("7 November 2022", "2022-11-07T00:00:00+00:00"),
        ("November 7, 2022", "2022-11-07T00:00:00+00:00"),
        ("November 7, 2022 14:05 GMT", "2022-11-07T14:05:00+00:00"),
        ("Published: Monday, 7 November 2022, 06:10", "2022-11-07T06:10:00+00:00"),
        ("7th Nov 2022, 6.10pm", "2022-11-07T18:10:00+00:00"),
        ("2022-11-07", "2022-11-07T00:00:00+00:00"),
        ("31 February 2022", None),
        ("By Jane Doe", None),
    ],
)
def test_a_date_line_is_read(head: str, moment: str | None) -> None:
    assert published(head) == moment


@pytest.mark.parametrize(
    ("mention", "moment"),
    [
        ("today (Monday November 7)", "2022-11-07T00:00:00+00:00"),
        ("today (Monday, 7 November)", "2022-11-07T00:00:00+00:00"),
        ("today (7 November 2021)", "2021-11-07T00:00:00+00:00"),
        ("today (November 7)", None),
        ("today (Friday February 30)", None),
        ("on Monday (November 7)", None),
    ],
)
def test_a_day_without_a_year_is_dated_by_its_weekday_or_not_at_all(mention: str, moment: str | None) -> None:
    assert published("By Jane Doe", f"{FIRST} The keeper spoke {mention} of it.\n\n{SECOND}") == moment


def test_a_day_is_never_dated_after_the_moment_of_reading() -> None:
    text = f"{TITLE}\n\n{FIRST} She spoke today (Monday November 7) of it.\n\n{SECOND}"
    early = plain_fields(text, datetime(2020, 1, 1, tzinfo=UTC))["published"]
    assert early == datetime(2016, 11, 7, tzinfo=UTC)


def test_a_text_without_a_title_is_called_by_its_first_sentence() -> None:
    assert article_of(f"The lamp went out. {FIRST}\n\n{SECOND}").title == "The lamp went out."


def test_a_long_first_sentence_is_cut_at_a_word_for_the_title() -> None:
    title = article_of(BODY).title
    assert len(title) <= 101
    assert title.endswith("…")
    assert FIRST.startswith(title[:-1])


def test_byline_and_date_may_stand_below_the_title() -> None:
    article = article_of(f"{TITLE}\nBy Jane Doe and John Roe\n7 November 2022\n\n{BODY}")
    assert (article.title, article.authors, article.text) == (TITLE, ("Jane Doe", "John Roe"), BODY)


def test_lines_wrapped_at_a_column_are_one_paragraph() -> None:
    wrapped = textwrap.fill(FIRST, 72)
    assert "\n" in wrapped
    assert article_of(f"{TITLE}\n\n{wrapped}\n\n{LAST}").text == f"{FIRST}\n\n{LAST}"


def test_captions_inside_an_article_are_left_out() -> None:
    caption = "The tower on Monday morning (Ada Fenn/The Harbour Courier)"
    assert article_of(f"{TITLE}\n\n{FIRST}\n\n{caption}\n\n{SECOND}\n\n{LAST}").text == BODY


def test_a_short_note_is_an_article_from_forty_words_on() -> None:
    assert article_of(f"{TITLE}\n\n{FIRST}\n\n{LAST}").text == f"{FIRST}\n\n{LAST}"
    assert reason_of(FIRST) == "too short"


@pytest.mark.parametrize("text", ["", " \n\t\n", b"", b"\xef\xbb\xbf"])
def test_a_blank_page_is_empty(text: str | bytes) -> None:
    assert reason_of(text) == "empty"


def test_the_text_has_one_form_of_white_space_and_of_letters() -> None:
    spaced = FIRST.replace(" on ", "\u00a0on  ")
    untidy = f"{TITLE}\r\n\r\n\r\n  {spaced}  \r\n\r\n\r\n\r\n{SECOND}\u200b He saw Zoe\u0308."
    article = article_of(untidy)
    assert article.text == f"{FIRST}\n\n{SECOND} He saw Zoë."


@given(st.text())
def test_any_plain_text_is_cleaned_to_one_form(text: str) -> None:
    found = clean(Page("any.txt", text, media_type="text"), NOW)
    if isinstance(found, Article):
        assert not re.search(r"[^\S\n]{2}|\n{3}|^\s|\s$|[^\S\n]\n|\n[^\S\n]|\r|\u00a0", found.text)
        assert found.title.strip() == found.title != ""


@given(st.binary(max_size=2000))
def test_decoding_never_raises(data: bytes) -> None:
    text = decode(data)
    assert text is None or text.count("\ufffd") <= max(1, len(text)) * 0.02 or b"\xef\xbf\xbd" in data


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
    assert decode(b"a" + text.encode()) == "a" + text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed(encoding: str) -> None:
    assert decode(BODY.encode(encoding)) == BODY


def test_the_encoding_that_a_page_states_is_used() -> None:
    page = f'<html><head><meta charset="iso-8859-2"></head><body>{"Dvořák žije. " * 9}</body></html>'
    assert decode(page.encode("iso-8859-2")) == page


def test_an_unstated_old_encoding_is_made_out() -> None:
    text = "Le maire a déclaré que la fermeture était nécessaire et que les fissures ont été repérées cet été. " * 4
    assert decode(text.encode("windows-1252")) == text


def test_one_broken_character_costs_no_more_than_itself() -> None:
    data = BODY.encode()
    cut = data.index("’".encode()) + 1
    text = decode(data[:cut] + data[cut + 1 :])
    assert text is not None
    assert "Divers are to look" in text


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(60), bytes(range(256)) * 20])
def test_what_is_no_text_is_no_article(data: bytes) -> None:
    assert decode(data) is None
    assert reason_of(data) == "binary file"


def test_markdown_is_read_with_its_heading_byline_and_date() -> None:
    found = clean(
        Page("a.md", (samples_folder() / "skerrow-ridge-wind-farm.md").read_text("utf-8"), None, "markdown"), NOW
    )
    assert isinstance(found, Article)
    assert (found.title, found.publisher) == ("Eighteen turbines approved for Skerrow Ridge", "Northfield Gazette")
    assert (found.authors, found.published) == (("Callum Oyelaran",), datetime(2022, 11, 9, tzinfo=UTC))
    assert found.text.startswith("The county planning board voted on Wednesday")
    assert found.text.endswith("on the county’s website until 9 December.")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("It is **quite** dark.", "It is quite dark."),
        ("It is *quite* _very_ dark.", "It is quite very dark."),
        ("See [the plans](https://o.example/p) for it.", "See the plans for it."),
        ("See <https://o.example/p> for it.", "See https://o.example/p for it."),
        ("The `lamp` is out.", "The lamp is out."),
        ("Five \\* six is thirty.", "Five * six is thirty."),
    ],
)
def test_no_markup_is_left_of_markdown(marked: str, plain: str) -> None:
    text = markdown_fields(f"# {TITLE}\n\n{FIRST} {marked}\n\n{SECOND}", NOW)["text"]
    assert text == f"{FIRST} {plain}\n\n{SECOND}"


@given(
    st.lists(
        st.sampled_from(["**a**", "_b_", "`c`", "[d](https://o.example)", "# e", "> f", "1. g", "word"]), min_size=1
    )
)
def test_emphasis_and_links_never_reach_the_text(parts: list[str]) -> None:
    text = markdown_fields(f"# {TITLE}\n\n{FIRST} {' '.join(parts)} end.\n\n{SECOND}", NOW)["text"]
    assert not re.search(r"\*\*|`|\]\(|_b_", text)


def test_front_matter_is_not_part_of_the_text() -> None:
    text = markdown_fields(f"---\nlayout: post\ntags: [a, b]\n---\n\n# {TITLE}\n\n{BODY}", NOW)["text"]
    assert text == BODY


FIRST_HALF, SECOND_HALF = f"{FIRST} {SECOND}", f"{LAST} Nobody was hurt, and no ship is known to have missed the light."


@pytest.mark.parametrize(
    "line",
    [
        "Two weeks on, the tower is still dark.",
        "Shares in the harbour fell by four per cent.",
        "Subscribers were told on Monday.",
        "Join the queue, the keeper said.",
        "He had won a free trial.",
    ],
)
def test_prose_that_begins_like_a_prompt_stays(line: str) -> None:
    text = plain_fields(f"{TITLE}\n\n{FIRST_HALF}\n\n{line}\n\n{SECOND_HALF}", NOW)["text"]
    assert text == f"{FIRST_HALF}\n\n{line}\n\n{SECOND_HALF}"


@pytest.mark.parametrize(
    "prompt", ["Share this article", "Sign up to our newsletter", "Advertisement", "Read more: Ships"]
)
def test_a_prompt_in_the_middle_is_left_out_and_divides_nothing(prompt: str) -> None:
    text = plain_fields(f"{TITLE}\n\n{FIRST_HALF}\n\n{prompt}\n\n{SECOND_HALF} {LAST} {FIRST}", NOW)["text"]
    assert text == f"{FIRST_HALF}\n\n{SECOND_HALF} {LAST} {FIRST}"


def test_a_list_in_the_middle_of_a_text_belongs_to_it() -> None:
    text = plain_fields(f"{TITLE}\n\n{FIRST_HALF}\n\nnew glass\nnew paint\na new roof\n\n{SECOND_HALF}", NOW)["text"]
    assert text.split("\n\n") == [FIRST_HALF, "new glass", "new paint", "a new roof", SECOND_HALF]


def test_a_list_in_the_middle_of_markdown_belongs_to_the_text() -> None:
    text = markdown_fields(f"# {TITLE}\n\n{FIRST_HALF}\n\n- new glass\n- new paint\n- a roof\n\n{SECOND_HALF}", NOW)[
        "text"
    ]
    assert text.split("\n\n") == [FIRST_HALF, "new glass", "new paint", "a roof", SECOND_HALF]


def test_a_script_without_spaces_has_words_too() -> None:
    article = article_of("灯塔熄灭了\n\n" + "周日晚上的风暴掀掉了机房的屋顶，灯塔因此熄灭。" * 20)
    assert article.title == "灯塔熄灭了"


def test_windows_1252_is_known_by_its_quotes() -> None:
    assert decode(f"{FIRST} “It went out,” she said.".encode("cp1252")) == f"{FIRST} “It went out,” she said."


def test_western_accents_are_not_taken_for_eastern_ones() -> None:
    text = "Le gardien a déclaré que la fermeture était nécessaire à cause des fissures repérées cet été. " * 4
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ("Published: 7 November 2022, 06:10 +0100", "2022-11-07T06:10:00+01:00"),
        ("7 July 2022, 06:10 CEST", "2022-07-07T06:10:00+02:00"),
        ("2022-11-07 06:45 EST", "2022-11-07T06:45:00-05:00"),
        ("Mon 7 Nov 2022 10.45 GMT", "2022-11-07T10:45:00+00:00"),
        ("Jane Doe | 7 November 2022", "2022-11-07T00:00:00+00:00"),
        ("Updated 9 November 2022\nPublished 7 November 2022", "2022-11-07T00:00:00+00:00"),
        ("The tower was shut on 31 October 2022", None),
    ],
)
def test_only_a_line_that_is_for_it_dates_an_article(head: str, moment: str | None) -> None:
    assert published(head) == moment


def test_the_day_of_another_publication_is_not_the_articles() -> None:
    assert published("By Jane Doe", f"{FIRST} The study, published on Monday November 7, was new.\n\n{SECOND}") is None


def test_a_date_in_the_title_is_not_the_articles() -> None:
    assert plain_fields(f"What the keeper said on 6 May 1935\n\n{BODY}", NOW)["published"] is None


def test_a_short_title_stands_alone_above_the_text() -> None:
    assert article_of(f"Light out\n\n{BODY}").title == "Light out"


def test_front_matter_states_fields() -> None:
    matter = "---\ntitle: 'Light out'\nauthor: Jane Doe\ndate: 2022-11-07\nurl: https://o.example/light\n---\n\n"
    found = markdown_fields(matter + BODY, NOW)
    assert (found["title"], found["authors"], found["text"]) == ("Light out", ("Jane Doe",), BODY)
    assert (found["published"], found["url"]) == (datetime(2022, 11, 7, tzinfo=UTC), "https://o.example/light")


@pytest.mark.parametrize("marked", ["a <b>bold</b> word", "a bold<br> word", "a <span class='x'>bold word</span>"])
def test_html_inside_markdown_leaves_its_words(marked: str) -> None:
    assert markdown_fields(f"# {TITLE}\n\n{FIRST} It is {marked}.", NOW)["text"] == f"{FIRST} It is a bold word."
