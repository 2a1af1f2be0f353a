"""What people type and paste: an address or a number is cleaned where that is certain, and asked
for again, beside its field and with every word kept, where it is not.
"""

import pytest
from django.core.exceptions import ValidationError

from accounts.forms import MailboxField
from accounts.mailboxes import cleaned_mailbox
from actions.models import Submission
from supporters.forms import EmailField, NewsletterForm, PhoneField
from supporters.phones import number_and_extension, shown_phone, typed_phone
from tests import build
from tests.actions.browsing import ACT, ME, send
from worker.channels.cwc.document import us_phone

CLEAN = "user@example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "user@example.org\u200b",
        "\ufeffuser@exam\u00adple.org",
        "\u202auser@example.org\u202c",
        "us\u2060er@example.org\ufe0f",
        "user@example.org\u3164",
        "\u00a0 user@example.org\t\r\n",
        "<user@example.org>",
        "User Name <user@example.org>",
        '"Name, User" <user@example.org>;',
        "\u201cUser\u201d < user@example.org >",
        "user@example.org <user@example.org>",
        "user@example.org>",
        "user@example.org;",
        "user@example.org, ",
        "user@example.org.",
        "(user@example.org).",
        "\u201cuser@example.org\u201d",
        "'user@example.org'",
        "mailto:user@example.org",
        "<mailto:user@example.org>",
        "user @ example.org",
        "\uff55\uff53\uff45\uff52\uff20example\u3002\uff4f\uff52\uff47",
        "user\uff20example.org",
        "\uff1cuser@example.org\uff1e\uff1b",
    ],
)
def test_an_address_is_cleaned_where_that_is_certain_wherever_it_is_typed(typed):
    assert cleaned_mailbox(typed) == CLEAN
    assert EmailField().clean(typed) == CLEAN
    assert MailboxField().clean(typed) == CLEAN
    assert NewsletterForm({"email": typed, "age": "34"}).is_valid()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a@example.org; b@example.org", "more than one"),
        ("a@example.org <b@example.org>", "more than one"),
        ("user@example.org user@example.org", "more than one"),
        ("my address is user@example.org", "a space"),
        ("user@example. org", "a space"),
        ("user name@example.org", "a space"),
        ("user@example", "Is something missing"),
        ("user.example.org", "Is something missing"),
        ("<>", "Type your e-mail address"),
        ("\u200b", "Type your e-mail address"),
        ("\u0443ser@example.org", "Is something missing"),
        ("user@example.org/x", "Is something missing"),
    ],
)
def test_what_may_be_another_address_is_asked_for_again_in_words_that_say_why(typed, said):
    with pytest.raises(ValidationError, match=said):
        EmailField().clean(typed)


def test_signs_that_an_address_may_have_are_kept():
    for typed in ("o'neil+news@example.org", "a_b-c%d@ex-ample.org", "'x'y@example.org"):
        assert cleaned_mailbox(typed) == typed


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("(202) 555-0100", "+12025550100", "(202) 555-0100"),
        ("1.202.555.0100", "+12025550100", "(202) 555-0100"),
        ("tel:+1-202-555-0100", "+12025550100", "(202) 555-0100"),
        ("424-417-2469x61914", "+14244172469;ext=61914", "(424) 417-2469 ext. 61914"),
        ("424 417 2469 ext. 12", "+14244172469;ext=12", "(424) 417-2469 ext. 12"),
        ("424 417 2469, extension 12", "+14244172469;ext=12", "(424) 417-2469 ext. 12"),
        ("424 417 2469 extensi\u00f3n 12", "+14244172469;ext=12", "(424) 417-2469 ext. 12"),
        ("424.417.2469 #12", "+14244172469;ext=12", "(424) 417-2469 ext. 12"),
        ("+14244172469;ext=12", "+14244172469;ext=12", "(424) 417-2469 ext. 12"),
        ("+44 20 7946 0000", "+442079460000", "+44 20 7946 0000"),
        ("+49 30 901820", "+4930901820", "+49 30 901820"),
    ],
)
def test_a_number_is_kept_with_its_extension_and_shown_as_people_write_it(typed, kept, shown):
    assert PhoneField().clean(typed) == kept == typed_phone(kept)
    assert shown_phone(kept) == shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5551234", "area code"),
        ("555-1234 ext. 5", "area code"),
        ("0000000000", "Nobody can be called"),
        ("000-000-0000", "Nobody can be called"),
        ("9999999999", "Nobody can be called"),
        ("123 456 7890", "Nobody can be called"),
        ("+44 0000000000", "Nobody can be called"),
        ("202555010", "too few or too many"),
        ("20255501001", "too few or too many"),
        ("+917878787xyz", "doesn't look like"),
        ("1-800-FLOWERS", "doesn't look like"),
        ("202 555 0100 after five", "doesn't look like"),
        ("none", "doesn't look like"),
        ("+49 123456789012345", "too few or too many"),
        ("202-555-0100 x123456789", "doesn't look like"),
    ],
)
def test_a_number_that_nobody_can_have_is_asked_for_again(typed, said):
    with pytest.raises(ValidationError, match=said):
        PhoneField().clean(typed)


def test_congress_and_lists_get_the_number_without_its_extension():
    kept = "+14244172469;ext=61914"
    assert us_phone(kept) == "424-417-2469"
    assert number_and_extension(kept) == ("+14244172469", "61914")
    assert number_and_extension("") == ("", "")


@pytest.mark.django_db
def test_a_form_cleans_what_it_can_and_gives_back_what_it_cannot(client, settings, letter_ask):
    settings.FORM_LEAST_SECONDS = 0
    build.zip_district("00001", letter_ask)
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    typed = {**ME, "email": "Nora <nora@example.org>;", "phone": "5551234", "own_words": "Hello."}

    again = send(client, page, step="write", **typed)
    text = again.content.decode()
    assert again.status_code == 422
    assert "This number lacks its area code." in text
    assert 'value="5551234"' in text
    assert "Hello." in text

    sent = send(client, again, step="write", phone="424-417-2469x61914")
    assert "Nora &lt;nora" not in sent.content.decode()
    entry = Submission.objects.get().entry
    assert (entry["email"], entry["phone"]) == ("nora@example.org", "+14244172469;ext=61914")
