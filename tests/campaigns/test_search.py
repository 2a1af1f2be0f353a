"""Whoever looks for words finds what has them, in either language, and nobody writes them down."""

import sqlite3

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from campaigns.bills import public
from campaigns.models import Bill, Publication
from campaigns.search import engines, page
from campaigns.search.plain_words import has, plain, words_of
from tests import build

pytestmark = pytest.mark.django_db
TEXTS = {
    "es": "Una ley para los niños: protección y Acción",
    "en": "Every child’s PLAYGROUND is tested for lead",
    "bill": "FK H.B. 17 HB 17 An act relating to playgrounds",
    "other": "FK H.B. 170 HB 170 Ångström & Žižek ٣ %_",
}
# What somebody types, and what is found: the same on both.
ASKED = {
    "NIÑOS": {"es"},
    "ninos proteccion": {"es"},
    "leyes": {"es"},
    "acción": {"es"},
    "accio\u0301n": {"es"},
    "playground": {"en", "bill"},
    "playgrounds": {"en", "bill"},
    "the playground": {"en", "bill"},
    "child": {"en"},
    "ground": set(),
    "hb17": {"bill"},
    "H.B. 17": {"bill"},
    "HB 17 niños": set(),
    "angstrom zizek": {"other"},
    "' OR 1=1 --": set(),
    "child:* | lead & !tested": {"en"},
}


def found_by_postgresql(words):
    sql, params = engines.on_postgresql(["title", "story"], words)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS texts (key text, title text, story text)")
        cursor.execute("DELETE FROM texts")
        cursor.executemany("INSERT INTO texts VALUES (%s, '', %s)", list(TEXTS.items()))
        cursor.execute(f"SELECT key FROM texts WHERE {sql}", params)
        return {key for (key,) in cursor.fetchall()}


def found_by_sqlite(words):
    sql, params = engines.on_sqlite(["title", "story"], words)
    with sqlite3.connect(":memory:") as file:
        file.create_function("plain_words", 1, plain, deterministic=True)
        file.execute("CREATE TABLE texts (key, title, story)")
        file.executemany("INSERT INTO texts VALUES (?, '', ?)", TEXTS.items())
        return {
            key
            for (key,) in file.execute(
                f"SELECT key FROM texts WHERE {sql.replace('%s', '?')}", params
            )
        }


def found_by_python(words):
    return {key for key, text in TEXTS.items() if has(text, words)}


@pytest.mark.parametrize("found_by", [found_by_postgresql, found_by_sqlite, found_by_python])
def test_accents_and_case_do_not_matter_and_every_word_is_there(found_by):
    if found_by is found_by_postgresql and connection.vendor != "postgresql":
        pytest.skip("asks PostgreSQL's full text")
    assert {typed: found_by(words_of(typed)) for typed in ASKED} == ASKED
    assert words_of(" ?! ٣") == []


@pytest.fixture
def things():
    cache.clear()
    water = build.issue("water")
    water.words.update(name="Clean water", story="Wells for schools.")
    live = build.campaign("wells", issue=water)
    live.words.filter(language="en").update(title="Test every well", story="Of lead.")
    live.words.create(language="es", title="Examinen cada pozo", summary="Sí", story="Plomo")
    draft = build.campaign("hidden", issue=water, state="draft")
    draft.words.update(title="Secret well")
    rows = [
        Bill(identifier=f"HB {n}", normalized=f"HB {n}", jurisdiction="FK", title="Wells act")
        for n in (17, 18)
    ]
    Bill.objects.bulk_create(rows)
    Bill.objects.get(identifier="HB 17").issues.add(water)
    public.look_again()
    for slug, at, gone in (
        ("found", timezone.now(), None),
        ("to-come", None, None),
        ("gone", timezone.now(), timezone.now()),
    ):
        row = Publication.objects.create(slug=slug, publish_at=at, unpublished_at=gone)
        row.words.create(title=f"{slug}: wells", summary="We counted.")
    return water


def test_what_is_public_is_found_in_groups_and_nothing_else(things, client):
    shown = client.get("/search/", {"q": "wells"}).content.decode()

    for path in ("/act/wells/", "/issues/water/", "/bills/", "/news/found/"):
        assert f'<h3><a href="{path}' in shown
    assert shown.count("<h3>") == 4
    for hidden in ("Secret", "HB 18", "to-come", "gone: wells"):
        assert hidden not in shown
    # In the reader's language, by the words of the other.
    spanish = client.get("/es/search/", {"q": "lead"}).content.decode()
    assert "Examinen cada pozo" in spanish
    assert "Test every well" in client.get("/search/", {"q": "POZO"}).content.decode()
    nothing = client.get("/search/", {"q": "<script>unheard</script>"}).content.decode()
    assert "<script>unheard" not in nothing
    assert "We found nothing with all of these words" in nothing


def test_what_was_looked_for_is_stored_by_no_cache_and_logged_by_nobody(things, client, caplog):
    answer = client.get("/search/", {"q": "my private worry"})

    assert answer["Cache-Control"] == "no-store"
    assert 'content="noindex"' in answer.content.decode()
    assert "worry" not in caplog.text
    assert "no-store" not in client.get("/search/")["Cache-Control"]


def test_a_group_shows_its_best_few_and_says_that_there_is_more(things, client):
    for number in range(12):
        row = Publication.objects.create(slug=f"more-{number}", publish_at=timezone.now())
        row.words.create(title=f"Report {number}", summary="On wells.")
    shown = client.get("/search/", {"q": "wells"}).content.decode()

    assert shown.count('href="/news/') - shown.count('href="/news/"') == 8
    # The oldest, but its title has the word.
    assert shown.index("/news/found/") < shown.index("/news/more-")
    assert "There is more" in shown


def test_who_asks_without_end_is_asked_to_wait(client, settings, monkeypatch):
    settings.RATELIMIT_ENABLE = True
    monkeypatch.setattr(page, "RATE", "2/m")
    # A minute may end on the way.
    assert 429 in [client.get("/search/", {"q": "wells"}).status_code for _ in range(6)]


@pytest.mark.parametrize("model", engines.COLUMNS)
def test_postgresql_answers_by_an_index_and_reads_no_table(model):
    if connection.vendor != "postgresql":
        pytest.skip("asks PostgreSQL how it would go about it")
    rows = apps.get_model("campaigns", model).objects.order_by()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")
    plan = rows.filter(engines.has_words(model, words_of("clean water"))).explain()
    assert f"{model}_by_words" in plan
