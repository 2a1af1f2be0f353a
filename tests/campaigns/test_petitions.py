import pytest

from campaigns import petitions
from tests import build

pytestmark = pytest.mark.django_db


def test_revising_keeps_the_old_version():
    ask = build.ask("petition")
    first = petitions.revise(ask, "en", "We ask you to open the playgrounds.")
    second = petitions.revise(ask, "en", "We urge you to open the playgrounds.")

    first.refresh_from_db()
    assert (first.version, first.text) == (1, "We ask you to open the playgrounds.")
    assert petitions.current_text(ask, "en") == second


def test_saving_the_same_text_makes_no_version():
    ask = build.ask("petition")
    first = petitions.revise(ask, "en", "We ask.\nPlease.")

    assert petitions.revise(ask, "en", "  We ask.\r\nPlease.\r\n") == first
    assert ask.petition_texts.count() == 1


def test_languages_are_versioned_apart_and_english_stands_in():
    ask = build.ask("petition")
    english = petitions.revise(ask, "en", "We ask.")
    assert petitions.current_text(ask, "es") == english

    spanish = petitions.revise(ask, "es", "Pedimos.")
    assert spanish.version == 1
    assert petitions.current_text(ask, "es") == spanish


def test_before_anything_is_written_there_is_no_text():
    assert petitions.current_text(build.ask("petition"), "en") is None
