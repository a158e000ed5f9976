"""Articles in languages other than English: nothing in the path takes them for broken English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest import ingest
from qa import Filters, Settings, build_assistant
from qa.assistant import Assistant
from qa.grounding import misquotes
from qa.index import Index
from qa.models import TransformerEmbedder
from qa.types import Query, now

GERMAN = """# Bahn streicht Nachtzug nach Tarnholm

Zwischenstadt, 4. März 2024

Die Küstenbahn streicht ab Mai den Nachtzug nach Tarnholm. Das Unternehmen nannte hohe Energiekosten als Grund. „Wir
fahren seit zwei Jahren mit Verlust“, sagte Geschäftsführerin Änne Öztürk am Montag in Zwischenstadt. Jährlich nutzten
rund 41.000 Fahrgäste die Verbindung.

Die Bürgermeisterin von Tarnholm, Jördis Weiß, kritisierte die Entscheidung. Ein Ersatz mit Bussen sei zu teuer, sagte
ein Sprecher der Bahn. Die Gewerkschaft rechnet mit dem Verlust von 18 Arbeitsplätzen.
"""
JAPANESE = """# 港町の橋、六週間通行止めに

2024年3月4日

霧浜市は四日、中央橋を六週間通行止めにすると発表した。点検で橋桁に亀裂が見つかったためだ。市の技術者である佐野春江氏は「安全が確認できるまで車は通せない」と述べた。修理費はおよそ二億円と見込まれている。

市バスは迂回路を走り、所要時間は二十分ほど長くなる。近くの商店からは売り上げの減少を心配する声が上がっている。通行再開は四月中旬の予定である。市議会は来週、修理の予算を審議する。
"""


@pytest.fixture(scope="module")
def polyglot(tmp_path_factory: pytest.TempPathFactory, embedder: TransformerEmbedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "bahn.md").write_text(GERMAN, encoding="utf-8")
    (folder / "橋.md").write_text(JAPANESE, encoding="utf-8")
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    ingest([folder], settings=settings, embedder=embedder)
    with Index.open(settings.folder, embedder=embedder.name) as index:
        yield build_assistant(settings, index=index, embedder=embedder)


def test_german_is_answered_to_the_character(polyglot: Assistant) -> None:
    answer = polyglot.ask("Was sagte Änne Öztürk?")
    assert "„Wir fahren seit zwei Jahren mit Verlust“, sagte" in answer.statements[0].text
    assert misquotes(answer, [polyglot.index.article(c.article_id) for c in answer.citations]) == []


def test_accents_and_capitals_of_a_question_need_not_be_right(polyglot: Assistant) -> None:
    hits = polyglot.index.lexical(Query("kustenbahn NACHTZUG", now()), 2)
    assert [hit.passage.title for hit in hits] == ["Bahn streicht Nachtzug nach Tarnholm"]


@pytest.mark.parametrize("word", ["亀裂", "佐野春江", "迂回路"])
def test_a_word_inside_japanese_text_is_found(polyglot: Assistant, word: str) -> None:
    hits = polyglot.index.lexical(Query(word, now()), 2)
    assert [hit.passage.title for hit in hits] == ["港町の橋、六週間通行止めに"]


def test_japanese_is_read_sentence_by_sentence(polyglot: Assistant) -> None:
    query = Query("橋桁に亀裂", now(), Filters())
    evidence = polyglot.read(query, polyglot.search(query, 2))
    best = max((e for e in evidence if "亀裂" in e.text), key=lambda e: e.rank)
    assert best.text == "点検で橋桁に亀裂が見つかったためだ。"
