"""Who is the same person, and who may change what we know of them."""

import pytest

from accounts.mailboxes import canonical_email
from supporters.models import Supporter
from supporters.people import Entry, key_of, learn_details, mailbox_of, remember

pytestmark = pytest.mark.django_db
NORA = Entry(
    given_name="Nora",
    family_name="Álvarez",
    email="Nora.Alvarez+news@gmail.com",
    street="1 Elm St",
    zip="00001",
)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("A.B+x@Gmail.com", "ab@gmail.com"),
        ("ab@googlemail.com", "ab@gmail.com"),
        ("a.b@example.org", "a.b@example.org"),
        ("A+tag@EXAMPLE.org", "a@example.org"),
        ("+odd@example.org", "+odd@example.org"),
        ("zoë@bücher.example", "zoë@xn--bcher-kva.example"),
        ("ａ@example.org", "a@example.org"),
        ("\u017ftaff@example.org", "staff@example.org"),
        ("iv\u0131@example.org", "ivi@example.org"),
        ("\u212aim@example.org.", "kim@example.org"),
        ("  nora@example.org ", "nora@example.org"),
        ("a@" + "ü" * 70 + ".example", "a@" + "ü" * 70 + ".example"),
        ("", "@"),
    ],
)
def test_every_spelling_of_a_mailbox_is_one_mailbox(typed, canonical):
    assert canonical_email(typed) == canonical


def test_the_same_person_in_another_spelling_is_found_and_not_added():
    first = remember(NORA)
    again = remember(Entry(given_name="nora", family_name="ALVAREZ", email="noraalvarez@gmail.com"))

    assert first == again
    assert Supporter.objects.count() == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ["Łukasz Nowak", "Lukasz Nowak", "lukasz nowak", "l\u0335ukasz Nowak"],
        ["Đặng Văn", "Dang Van", "ĐẶNG VĂN"],
        ["Sean O'Neil", "Sean O\u2019Neil", "Sean O\u02bcNeil", "Sean O`Neil"],
        ["Sean O'Neil", "Sean O Neil", "Sean ONeil", "sean o\uff07neil"],
        ["Ka\u02bbiulani", "Ka'iulani", "Ka\u2018iulani", "Kaiulani", "KA\ua78bIULANI"],
        ["Søren Ærø", "Soren Aero", "SØREN ÆRØ"],
        ["Guðrún Þórsdóttir", "Gudrun Thorsdottir"],
        ["Jürgen Weiß", "Jurgen Weiss", "JÜRGEN WEISS", "jürgen weiẞ"],
        ["Ħal Zebbuġ", "Hal Zebbug"],
        ["Işık Çelik", "Isik Celik", "IŞIK ÇELİK"],
        ["Anne-Marie Dupont", "Anne Marie Dupont", "AnneMarie Dupont", "Anne\u2010Marie Dupont"],
        ["\u02bfAlī", "Ali"],
        ["Γιώργος", "ΓΙΩΡΓΟΣ"],
        ["Алёна", "АЛЕНА"],
        ["ﾀﾅｶ", "タナカ"],
        ["Nora\u200b\ufe0f", "Nora"],
    ],
)  # fmt: skip
def test_one_person_in_several_spellings_has_one_key(spellings):
    assert len({key_of("a@example.org", name, "") for name in spellings}) == 1


@pytest.mark.parametrize(
    "people",
    [
        ["Ann", "Anne"],
        ["Jo", "Joe"],
        ["Maria", "Mario"],
        ["Müller", "Mueller"],
        ["Olga", "Ольга"],
        ["मोहन", "मोहिनी"],
        ["たかし", "たがし"],
        ["ขาว", "ข่าว"],
        ["O'Neil", "O'Neal"],
    ],
)
def test_people_who_are_two_keep_two_keys(people):
    assert len({key_of("a@example.org", name, "") for name in people}) == len(people)


def test_two_people_may_share_a_mailbox():
    nora = remember(NORA)
    leo = remember(Entry(given_name="Leo", family_name="Álvarez", email="nora.alvarez@gmail.com"))

    assert nora != leo
    assert nora.mailbox == leo.mailbox


def test_typing_somebodys_address_again_changes_nothing_that_we_know_of_them():
    remember(NORA)
    again = remember(
        Entry(
            given_name="Nora",
            family_name="Álvarez",
            email="nora.alvarez@gmail.com",
            street="666 Wrong Rd",
            is_minor=True,
        )
    )

    assert again.street == ""
    assert not again.is_minor


def test_what_a_proven_person_typed_is_learned_and_blanks_erase_nothing():
    nora = remember(NORA)
    learn_details(nora, {"street": "1 Elm St", "zip": "00001"})
    learn_details(
        nora, {"street": "2 Oak Ave", "zip": "", "phone": "+15550100123", "is_minor": False}
    )
    nora.refresh_from_db()

    assert (nora.street, nora.zip, nora.phone) == ("2 Oak Ave", "00001", "+15550100123")


def test_being_a_minor_is_never_unlearned():
    nora = remember(NORA)
    learn_details(nora, {"is_minor": True})
    learn_details(nora, {"is_minor": False})

    assert Supporter.objects.get().is_minor


def test_the_keys_hide_the_mailbox(settings):
    before = mailbox_of("nora@example.org"), key_of("nora@example.org", "Nora", "Álvarez")
    settings.HASH_KEY = "another key"
    after = mailbox_of("nora@example.org"), key_of("nora@example.org", "Nora", "Álvarez")

    assert "nora" not in "".join(before)
    assert before[0] != after[0]
    assert before[1] != after[1]
