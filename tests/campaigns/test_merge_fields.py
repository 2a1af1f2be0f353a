import pytest
from django.utils import translation

from campaigns import merge_fields
from tests import build

pytestmark = pytest.mark.django_db
NORA = merge_fields.Writer("Nora", "Quill", "12 Elm Street", "Harbor", "MD", "01234")


def letter(statement="Please vote, {title} {legislator}.", own_words="", writer=NORA, **changes):
    seat = changes.pop("seat", None) or build.seat(state="MD", district="33B")
    holder = changes.pop("holder", None) or build.legislator("Ada Smith")
    return merge_fields.text_for(
        seat=seat, holder=holder, statement=statement, own_words=own_words, writer=writer, **changes
    )


def test_a_letter_greets_its_legislator_and_closes_with_the_constituents_postal_line():
    assert (
        letter(own_words="My son walks there.")
        == "Dear Delegate Smith,\n\nMy son walks there.\n\nPlease vote, Delegate Ada Smith.\n\nSincerely,\n\nNora Quill\n12 Elm Street\nHarbor, MD 01234\n"
    )


def test_braces_in_the_persons_own_words_are_never_expanded():
    assert "I wrote {zip} and {legislator} {x}." in letter(
        own_words="I wrote {zip} and {legislator} {x}."
    )


def test_what_was_filled_in_is_not_filled_again():
    tricky = merge_fields.Writer("{zip}", "{last_name}", city="{first_name}", zip="01234")

    assert "{zip}, {last_name}, {first_name}" in letter(
        "{first_name}, {last_name}, {city}", writer=tricky
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{7*7}}",
        "{% include 'x' %}",
        "{0.__class__}",
        "{title.__class__}",
        "${zip",
        "{}",
        "{ }",
        "{{zip}}",
        "{Zip}",
    ],
)
def test_braces_that_are_no_field_stay_as_typed(text):
    assert merge_fields.fill(text, dict.fromkeys(merge_fields.FIELDS, "FILLED")) == text


@pytest.mark.parametrize(
    "text", ["{frist_name}", "{{zip}}", "{First Name}", "{0.__class__}", "{Zip}", "{ title }"]
)
def test_what_looks_like_a_merge_field_and_is_none_is_named(text):
    assert merge_fields.unknown_fields(f"Dear {text}, dear {text}") == [text]


def test_known_fields_and_plain_braces_are_not_complained_about():
    assert (
        merge_fields.unknown_fields("{title} {legislator} f(x) = {1, 2} {see the second page} {} {")
        == []
    )


def test_every_field_has_a_value():
    seat = build.seat("us_senate", state="MD", district="")
    filled = merge_fields.values(
        seat=seat,
        holder_name="Ada Smith",
        writer=merge_fields.Writer(
            given_name="Nora", family_name="Quill", city="Harbor", state="MD", zip="01234"
        ),
        bill="SB 17",
    )

    assert set(filled) == set(merge_fields.FIELDS)
    assert filled["chamber"] == "U.S. Senate"
    assert filled["state"] == "Maryland"


def test_the_letter_stays_in_the_offices_language_on_a_spanish_page():
    with translation.override("es"):
        assert letter("I write to the {chamber}.").startswith(
            "Dear Delegate Smith,\n\nI write to the State house.\n\nSincerely,"
        )


def test_a_subject_is_one_line_of_at_most_200_characters():
    subject = merge_fields.subject_for(
        "About\n{bill} " + "x" * 300, seat=build.seat(), holder=None, writer=NORA, bill="SB 17"
    )

    assert subject.startswith("About SB 17 xxx")
    assert len(subject) == 200
