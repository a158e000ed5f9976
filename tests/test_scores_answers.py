from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Nugget
from evals.scores.answers import gold_in_any, gold_in_first, nugget_recall, span_quoted, speaker_named, token_f1
from evals.scores.text import contains, normalised
from qa.answer import Answer, Statement
from tests.answers import answer, quote

TEXT = st.text(alphabet="abIT 'the’.,-0129€“”é\n")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The  Ferry\nleft, at last!", "ferry left at last"),
        ("A man, an owl and the sea", "man owl and sea"),
        ("“Quoted” words…and more", "quoted words and more"),
        ("U.S. forces don’t", "us forces dont"),
        ("Macron's, Macron’s", "macron macron"),
        ("fell 9.6 per cent.", "fell 9.6 per cent"),
        ("fell 9,6 per cent", "fell 9,6 per cent"),
        ("1,000 and 12,500,000.5", "1000 and 12500000.5"),
        ("a 3-2 win, a 12-year-old", "3 2 win 12 year old"),
        ("$5 €5", "5 5"),
        ("STRASSE Straße", "strasse strasse"),
        ("e\u0301 \u00e9", "\u00e9 \u00e9"),
        ("soft\u00adware", "software"),
        ("The …", ""),
        ("", ""),
    ],
)
def test_texts_are_normalised(text: str, plain: str) -> None:
    assert normalised(text) == plain


@given(TEXT)
def test_what_is_normalised_stays_as_it_is(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In 1971 they won.", "1971"),
        ("It was the fog.", "Fog"),
        ("a 12-year-old boy", "12"),
        ("Mr. Ruiz’s car", "Ruiz"),
    ],
)
def test_wordings_are_found_as_whole_words(text: str, wanted: str) -> None:
    assert contains(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("In 1971 they won.", "71"), ("120 people", "12"), ("96 people", "9.6"), ("left the port", "port left")]
    + [("words", nothing) for nothing in ("", "The", "…", " ")],
)
def test_parts_of_words_other_orders_and_nothing_are_not_found(text: str, wanted: str) -> None:
    assert not contains(text, wanted)


FERRY = answer(("The ferry hit a dredger.", ["q"]), ("Twelve people were hurt, Ana Ruiz said.", ["r"]))
SILENT = answer()
ABSTAINED = answer(abstained=True)
TORN = answer(("Twelve people were hurt, Ana Ruiz said.", ["r"]), abstained=True)


def test_gold_in_the_first_statement_and_in_a_later_one() -> None:
    assert gold_in_first(FERRY, ["a barge", "dredger"]) == gold_in_any(FERRY, ["12", "twelve"]) == 1.0
    assert gold_in_first(FERRY, ["12", "twelve"]) == 0.0


def test_gold_is_not_put_together_from_two_statements() -> None:
    assert gold_in_any(FERRY, ["dredger twelve people"]) == 0.0


def test_without_wordings_containing_does_not_apply() -> None:
    assert gold_in_first(FERRY, []) is gold_in_any(ABSTAINED, []) is None


@pytest.mark.parametrize("silent", [SILENT, ABSTAINED, TORN])
def test_an_abstention_contains_nothing_even_beside_statements(silent: Answer) -> None:
    assert gold_in_first(silent, ["twelve"]) == gold_in_any(silent, ["twelve"]) == 0.0


@pytest.mark.parametrize(
    ("text", "references", "f1"),
    [
        ("The cat sat.", ["a cat sat"], 1.0),
        ("cat sat down", ["cat ran"], 2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2)),  # precision 1/3, recall 1/2
        ("x x x", ["x x y"], 2 / 3),  # two of three shared, either way
        ("cat", ["dog", "cat dog"], 2 / 3),  # precision 1, recall 1/2 with the second
        ("cat", ["dog"], 0.0),
        ("", ["dog"], 0.0),
        ("dog", ["the"], 0.0),
        ("", ["…"], 1.0),
        ("dog", [], None),
    ],
)
def test_token_f1_is_that_of_squad(text: str, references: list[str], f1: float | None) -> None:
    assert token_f1(text, references) == (None if f1 is None else pytest.approx(f1))


@given(TEXT, TEXT)
def test_token_f1_lies_between_0_and_1_and_is_symmetric(one: str, other: str) -> None:
    f1 = token_f1(one, [other])
    assert f1 is not None
    assert 0.0 <= f1 <= 1.0
    assert f1 == token_f1(other, [one])


NUGGETS = (
    Nugget(texts=("hit a dredger", "collided")),
    Nugget(texts=("12", "twelve")),
    Nugget(texts=("fog",)),
    Nugget(texts=("Ana Ruiz",), vital=False),
)


def test_nugget_recall_is_the_share_of_vital_nuggets_said() -> None:
    assert nugget_recall(FERRY, NUGGETS) == pytest.approx(2 / 3)


def test_nugget_recall_applies_to_vital_nuggets_only() -> None:
    assert nugget_recall(FERRY, NUGGETS[3:]) is nugget_recall(FERRY, ()) is None


def test_who_abstains_says_no_nugget() -> None:
    assert nugget_recall(ABSTAINED, NUGGETS) == nugget_recall(TORN, NUGGETS) == nugget_recall(SILENT, NUGGETS) == 0.0


QUOTING = answer(("One.", [quote("0123456789", start=10)]), ("Two.", [quote("0123456789", start=90)]))


@pytest.mark.parametrize(
    ("span", "quoted"),
    [
        (("a", 0, 11), 1.0),
        (("a", 19, 40), 1.0),
        (("a", 0, 99), 1.0),
        (("a", 0, 10), 0.0),
        (("a", 20, 40), 0.0),
        (("b", 0, 99), 0.0),
        (("a", 12, 12), 0.0),
        (("a", 90, 100), 0.0),
    ],
)
def test_a_span_counts_as_quoted_when_the_first_statement_shares_a_character(
    span: tuple[str, int, int], quoted: float
) -> None:
    assert span_quoted(QUOTING, [span]) == quoted


def test_one_of_several_spans_will_do_and_without_spans_quoting_does_not_apply() -> None:
    assert span_quoted(QUOTING, [("b", 0, 9), ("a", 10, 20)]) == 1.0
    assert span_quoted(QUOTING, []) is None


def test_no_statement_or_no_quote_quotes_no_span() -> None:
    assert span_quoted(ABSTAINED, [("a", 0, 9)]) == span_quoted(answer(("Words.", [])), [("a", 0, 9)]) == 0.0


def test_the_speaker_is_looked_for_where_the_gold_wording_stands() -> None:
    assert speaker_named(FERRY, ["Captain Ruiz", "Ana Ruiz"], ["twelve"]) == 1.0
    assert speaker_named(FERRY, ["Ana Ruiz"], ["dredger"]) == 0.0


def test_the_first_statement_with_the_wording_decides() -> None:
    twice = answer(("Ruiz said twelve.", []), ("Moss said twelve.", []))
    assert (speaker_named(twice, ["Ruiz"], ["twelve"]), speaker_named(twice, ["Moss"], ["twelve"])) == (1.0, 0.0)


def test_what_is_added_in_brackets_counts_as_the_reader_sees_it() -> None:
    said = Statement("“Twelve were hurt,” he [Ruiz] said on Monday [3 March].", 1.0, (), ((22, 29), (44, 54)))
    assert said.words == "“Twelve were hurt,” he said on Monday."
    given = replace(FERRY, statements=(said,))
    assert speaker_named(given, ["Ruiz"], ["twelve"]) == 1.0
    assert gold_in_first(given, ["Ruiz"]) == gold_in_first(given, ["he said on Monday"]) == 1.0


def test_no_statement_with_the_wording_names_nobody() -> None:
    assert speaker_named(FERRY, ["Ana Ruiz"], ["ninety"]) == speaker_named(SILENT, ["Ana Ruiz"], ["twelve"]) == 0.0


def test_the_speaker_does_not_apply_to_abstentions_nor_without_names_or_wordings() -> None:
    assert speaker_named(TORN, ["Ana Ruiz"], ["twelve"]) is speaker_named(FERRY, [], ["twelve"]) is None
    assert speaker_named(FERRY, ["Ana Ruiz"], []) is None
