"""A message is one message to one person from us, whatever was typed."""

import re
from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.channels.email import BadMessage, compose, message_id, via_name

STRICT = SMTP.clone(raise_on_defect=True)
anything = st.text(st.characters(), max_size=120) | st.text(
    st.sampled_from('\r\n\x00\x0b\x85\u2028\u202e,;:<>@"\\()=?é '), max_size=40
)


def letter(**fields):
    fields = {
        "message_id": "<abc@mail.example.org>",
        "sender": (via_name("Nora North", "Children First"), "letters@mail.example.org"),
        "recipient": ("Delegate Smith", "smith@house.example"),
        "reply_to": ("Nora North", "nora@example.org"),
        "subject": "Open the playgrounds",
        "text": "Dear Delegate Smith,\n\nPlease.\n",
    } | fields
    return compose(**fields)


def read(raw):
    return message_from_bytes(raw, policy=STRICT)


def test_a_letter_says_who_wrote_it_and_who_carries_it():
    message = read(
        letter(
            sender=(via_name("Zoë Ñandú", "Children First"), "letters@mail.example.org"),
            reply_to=("Zoë Ñandú", "zoe@example.org"),
        )
    )

    assert str(message["From"]) == '"Zoë Ñandú (via Children First)" <letters@mail.example.org>'
    assert str(message["Reply-To"]) == "Zoë Ñandú <zoe@example.org>"
    assert message["To"].addresses[0].addr_spec == "smith@house.example"
    assert message["Message-ID"] == "<abc@mail.example.org>"
    assert message["Date"].datetime.tzinfo is not None
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert {"auto-submitted", "list-unsubscribe", "precedence", "sender"}.isdisjoint(
        name.lower() for name in message
    )


def test_the_text_arrives_as_it_was_written_in_any_script():
    text = (
        "Querida señora:\n\n.A dot first\nFrom here\n\t한국어 العربية 👩‍👧 =3D\n"
        + "long " * 400
        + "\n"
    )

    raw = letter(text=text)

    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert read(raw).get_content().replace("\r\n", "\n") == text


def test_two_versions_of_a_text_travel_as_alternatives():
    message = read(letter(html="<p>Bitte öffnen</p>", text="Bitte öffnen"))

    plain, html = message.iter_parts()
    assert message.get_content_type() == "multipart/alternative"
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert html.get_content().strip() == "<p>Bitte öffnen</p>"


@settings(max_examples=400, deadline=None)
@given(name=anything, office=anything, subject=anything, text=anything, organization=anything)
def test_nothing_typed_adds_a_header_or_a_recipient(name, office, subject, text, organization):
    try:
        raw = letter(
            sender=(via_name(name, organization), "letters@mail.example.org"),
            recipient=(office, "smith@house.example"),
            reply_to=(name, "nora@example.org"),
            subject=subject,
            text=text,
        )
    except BadMessage:
        return
    head, _, _body = raw.partition(b"\r\n\r\n")
    message = read(raw)

    assert sorted(message.keys()) == sorted(
        [
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Message-ID",
            "Date",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        ]
    )
    assert [a.addr_spec for a in message["From"].addresses] == ["letters@mail.example.org"]
    assert [a.addr_spec for a in message["To"].addresses] == ["smith@house.example"]
    assert [a.addr_spec for a in message["Reply-To"].addresses] == ["nora@example.org"]
    assert "@" not in message["From"].addresses[0].display_name
    assert not re.search(rb"[^\x20-\x7e\r\n]|\r(?!\n)|(?<!\r)\n", head)
    assert not re.search(
        r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]",
        str(message["Subject"]) + str(message["From"]),
    )


@settings(max_examples=200, deadline=None)
@given(
    subject=st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=200)
)
def test_a_subject_reads_back_as_it_was_typed(subject):
    try:
        message = read(letter(subject=subject))
    except BadMessage:
        assert not subject.strip()
        return
    import unicodedata

    assert str(message["Subject"]) == " ".join(unicodedata.normalize("NFC", subject).split())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nora",
        "nora@",
        "@example.org",
        '"a b"@example.org',
        "a@[127.0.0.1]",
        "a@b.org, c@d.org",
        "a@b.org\r\nBcc: c@d.org",
        "ñ@example.org",
    ],
)
def test_an_address_that_no_office_has_is_refused_while_its_writer_can_mend_it(address):
    with pytest.raises(BadMessage):
        letter(reply_to=("Nora", address))


def test_an_international_domain_travels_in_its_ascii_form():
    assert b"<nora@xn--bcher-kva.example>" in letter(reply_to=("Nora", "nora@bücher.example"))


@pytest.mark.parametrize(
    "headers",
    [{"Bcc": "c@d.org"}, {"X-Note\r\nBcc": "c"}, {"X-Note": "a\r\nBcc: c@d.org"}, {"X-Note": "é"}],
)
def test_only_known_and_clean_headers_may_be_added(headers):
    with pytest.raises(BadMessage):
        letter(headers=headers)


def test_mail_to_supporters_carries_its_way_out():
    message = read(
        letter(
            headers={
                "List-Unsubscribe": "<https://example.org/u/x>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        )
    )

    assert message["List-Unsubscribe"] == "<https://example.org/u/x>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("subject", ["", " \t\n", "\u200b\u202e", "x" * 251])
def test_a_letter_without_a_fit_subject_is_refused(subject):
    with pytest.raises(BadMessage):
        letter(subject=subject)


def test_a_long_name_gives_way_to_the_organization():
    name = via_name("N" * 100, "Children First")

    assert len(name) == 70
    assert name.endswith("(via Children First)")


def test_a_message_id_is_the_same_for_the_same_letter_and_says_nothing(settings):
    settings.MAIL_DOMAIN = "mail.example.org"

    assert message_id("letter", 1, 2) == message_id("letter", 1, 2)
    assert message_id("letter", 1, 2) != message_id("letter", 12)
    assert message_id("letter", 1, 2).endswith("@mail.example.org>")
