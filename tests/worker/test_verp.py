"""What comes back names its letter, and nobody else can write such an address."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.channels import email, verp
from worker.channels.mime import wire_address

REFERENCE = "0123456789abcdef0123456789abcdef"


@given(st.uuids())
def test_a_return_address_says_which_delivery_it_is_about(public_id):
    address = verp.address(public_id.hex)

    assert verp.reference(address) == public_id.hex
    assert wire_address(address) == address
    assert len(address.rpartition("@")[0]) <= 64


def test_it_lies_at_the_bounce_domain_and_case_says_nothing(settings):
    settings.BOUNCE_DOMAIN = "bounce.mail.example.org"
    address = verp.address(REFERENCE)

    assert address.endswith("@bounce.mail.example.org")
    assert address == address.lower()
    assert verp.reference(address.upper()) == REFERENCE


def test_no_other_character_makes_another_address(settings):
    local, _, domain = verp.address(REFERENCE).partition("@")
    others = {
        f"{local[:n]}{char}{local[n + 1 :]}@{domain}"
        for n in range(len(local))
        for char in "abq27.-@x"
        if local[n] != char
    }

    # The last letter of the reference holds two bits that mean nothing: another spelling of it is
    # the same delivery or none.
    assert {verp.reference(other) for other in others} <= {None, REFERENCE}


def test_an_address_made_with_another_key_is_nobodys(settings):
    address = verp.address(uuid.uuid4().hex)
    settings.HASH_KEY = "some other key, just as long as it has to be 0123456789"

    assert verp.reference(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@",
        "b.",
        "hello@example.org",
        "b.é.x@example.org",
        "b." + "a" * 26 + ".aaaaaaaa@bounce.example.org",
    ],
)
def test_what_is_no_return_address_is_none(address):
    assert verp.reference(address) is None


def test_an_answer_to_the_senders_address_names_its_letter_in_any_case(settings):
    settings.LETTER_FROM, settings.MAIL_DOMAIN = "letters@mail.example.org", "mail.example.org"
    mid = email.message_id("letter", 1)

    address = email.answerable_from(mid)
    assert wire_address(address) == address
    assert len(address.rpartition("@")[0]) <= 64
    assert email.answered(address.upper()) == mid
    assert email.answered("letters@mail.example.org") is None
    assert email.answered(f"other+{mid[1:33]}@mail.example.org") is None
