"""A supporter reads their own language the whole way."""

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext

from config import messages


@pytest.mark.parametrize("language", ["es"])
def test_everything_a_supporter_reads_is_translated_with_its_placeholders(language):
    assert messages.faults(language) == []


def test_a_text_that_nobody_translated_is_noticed(monkeypatch):
    monkeypatch.setattr(
        messages, "sources", lambda: iter(['_("A sentence that nobody has translated")'])
    )

    assert messages.faults("es") == ["not translated: 'A sentence that nobody has translated'"]


def test_the_compiled_translation_is_what_pages_use():
    call_command("compile_messages")
    with translation.override("es"):
        assert gettext("ZIP code") != "ZIP code"


def test_a_translation_that_lost_its_placeholder_is_noticed(monkeypatch):
    monkeypatch.setattr(messages, "sources", lambda: iter(['_("Call %(phone)s")']))
    catalog = messages.read("es")
    catalog["Call %(phone)s"].string = "Llamar"
    monkeypatch.setattr(messages, "read", lambda language: catalog)

    assert messages.faults("es") == ["other placeholders: 'Call %(phone)s'"]
