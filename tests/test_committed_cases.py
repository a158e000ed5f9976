"""The committed cases fit the bundled articles: their names, quotes, answers, days and turns."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from evals.cases import COMMITTED, Case, CaseFile, read_cases
from qa import Article, Filters, Query
from qa.assistant import Assistant
from qa.types import Passage

FEWEST = {
    "fact": 10, "said": 20, "number": 20, "date": 10, "time": 10, "yes or no": 10, "list": 5, "several": 6, "differ": 6,
    "correction": 5, "follow-up": 22, "new topic": 6, "planted": 5, "other language": 8, "spelling": 5,
    "false premise": 12, "nothing near": 5, "near but silent": 8, "outside the dates": 6,
}  # fmt: skip
"""How many cases of each kind there are at least, and thereby the kinds that there are."""
UNANSWERABLE = {"nothing near", "near but silent", "outside the dates", "false premise"}
NUMBERS = {"two": "2", "four": "4", "six": "6", "seven": "7", "twelve": "12", "fourteen": "14", "ninety": "90"}
"""The number words in the answers."""


@pytest.fixture(scope="module")
def file() -> CaseFile:
    return read_cases(COMMITTED)


@pytest.fixture(scope="module")
def articles(desk: Assistant) -> dict[str, list[Article]]:
    """The articles under each name that a case may give them."""
    named: dict[str, list[Article]] = {}
    for listed in desk.index.articles():
        article = desk.index.article(listed.id)
        for name in {article.id, article.title, article.url} - {None}:
            named.setdefault(str(name), []).append(article)
    return named


def plain(text: str) -> str:
    """Text with numbers, clock times and units written one way, so that "12 people" is found in "Twelve people"."""
    text = re.sub(r"(?<=\d):(?=\d)", ".", text.casefold())
    text = re.sub(r"(?<=\d) (?=am\b|pm\b)", "", text)
    text = re.sub(r"(?<=\d)(?:%| percent\b)", " per cent", text)
    text = re.sub(r"\bkm\b", "kilometres", text)
    return re.sub(rf"\b(?:{'|'.join(NUMBERS)})\b", lambda match: NUMBERS[match[0]], text)


def admits(case: Case, article: Article) -> bool:
    """Whether newsdesk may answer the case from the article."""
    assert case.as_of
    filters = Filters(case.filters.publishers, case.filters.since, case.filters.until)
    query = Query(case.question, case.as_of, filters)
    passage = Passage("", article.id, "", 0, 0, article.title, None, article.publisher, (), article.published)
    return query.admits(passage)


def test_every_line_is_a_case_with_an_id_of_its_own(file: CaseFile) -> None:
    assert file.broken == ()
    assert 115 <= len(file.cases) <= 135
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", case.id) for case in file.cases)


def test_every_case_says_on_which_day_it_is_asked(file: CaseFile) -> None:
    assert [case.id for case in file.cases if case.as_of is None] == []


def test_every_name_is_that_of_one_article(file: CaseFile, articles: dict[str, list[Article]]) -> None:
    names = {name for case in file.cases for group in case.gold for name in group}
    names |= {span.article for case in file.cases for span in case.gold_spans}
    assert {name: len(articles.get(name, ())) for name in names} == dict.fromkeys(names, 1)


def test_every_article_answers_something(file: CaseFile, articles: dict[str, list[Article]]) -> None:
    used = {articles[name][0].id for case in file.cases for group in case.gold for name in group}
    assert used == {article.id for named in articles.values() for article in named}


def test_every_quote_stands_in_its_article_which_is_gold(file: CaseFile, articles: dict[str, list[Article]]) -> None:
    for case in file.cases:
        gold = {name for group in case.gold for name in group}
        for span in case.gold_spans:
            assert span.quote in articles[span.article][0].text, f"{case.id}: {span.quote}"
            assert span.article in gold, case.id


def test_every_gold_article_has_a_quote(file: CaseFile) -> None:
    for case in file.cases:
        assert {name for group in case.gold for name in group} == {span.article for span in case.gold_spans}, case.id


def test_answers_and_nuggets_are_words_of_the_gold_articles(file: CaseFile, articles: dict[str, list[Article]]) -> None:
    for case in file.cases:
        text = plain("\n".join(articles[name][0].text for group in case.gold for name in group))
        wordings = (*case.answers, *(wording for nugget in case.nuggets for wording in nugget.texts))
        assert [wording for wording in wordings if plain(wording) not in text] == [], case.id


def test_every_quote_holds_an_answer_or_a_nugget(file: CaseFile) -> None:
    for case in file.cases:
        wordings = (*case.answers, *(wording for nugget in case.nuggets for wording in nugget.texts))
        for span in case.gold_spans:
            assert any(plain(wording) in plain(span.quote) for wording in wordings), f"{case.id}: {span.quote}"


def test_the_speaker_is_named_in_a_gold_article(file: CaseFile, articles: dict[str, list[Article]]) -> None:
    for case in file.cases:
        text = "\n".join(articles[name][0].text for group in case.gold for name in group)
        assert [name for name in case.speaker or () if name not in text] == [], case.id


def test_gold_articles_are_out_on_the_day_and_inside_the_filters(
    file: CaseFile, articles: dict[str, list[Article]]
) -> None:
    for case in file.cases:
        hidden = [name for group in case.gold for name in group if not admits(case, articles[name][0])]
        assert hidden == [], case.id


def test_a_case_is_answerable_and_says_what_answers_it_or_says_why_nothing_does(file: CaseFile) -> None:
    for case in file.cases:
        assert case.answerable == bool(case.gold_spans) == bool(case.answers or case.nuggets), case.id
        assert case.answerable == (len(UNANSWERABLE & set(case.tags)) == 0), case.id
        assert case.answerable or len(UNANSWERABLE & set(case.tags)) == 1, case.id
    assert sum(not case.answerable for case in file.cases) >= 30


def test_cases_that_need_several_articles_name_two_or_more(file: CaseFile) -> None:
    for case in file.cases:
        assert (len(case.gold) > 1) == ("several" in case.tags), case.id
        assert case.nuggets or len(case.gold) < 2, case.id


def test_there_are_enough_cases_of_every_kind(file: CaseFile) -> None:
    count = Counter(tag for case in file.cases for tag in case.tags)
    assert set(count) == set(FEWEST)
    assert {tag: count[tag] for tag in FEWEST if count[tag] < FEWEST[tag]} == {}


def test_every_follow_up_has_turns_before_it_and_a_rewrite(file: CaseFile) -> None:
    for case in file.cases:
        assert ("follow-up" in case.tags) == bool(case.turns) == (case.rewrite is not None), case.id


def test_conversations_are_whole_and_have_three_to_five_turns(file: CaseFile) -> None:
    last: dict[str, Case] = {}
    for case in (case for case in file.cases if case.turns):
        name, _, turn = case.id.rpartition("-")
        assert int(turn) == len(case.turns) + 1, case.id
        if name in last:
            assert [earlier.question for earlier in case.turns] == [
                *(earlier.question for earlier in last[name].turns),
                last[name].question,
            ], case.id
        else:
            assert len(case.turns) == 1, case.id
        last[name] = case
    assert len(last) >= 6
    assert {len(case.turns) + 1 for case in last.values()} <= {3, 4, 5}


def test_every_conversation_changes_its_topic(file: CaseFile) -> None:
    conversations = {case.id.rpartition("-")[0] for case in file.cases if case.turns}
    assert {case.id.rpartition("-")[0] for case in file.cases if "new topic" in case.tags} == conversations
