"""The outbox: caught mail read safely, evidence in the other side's words, holds with a name and a
reason.
"""

import re
from email.message import EmailMessage

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as given_in_peace
from hypothesis import strategies as st

from accounts.models import AuditEntry
from desk.mail.message_view import read_message
from tests import build
from worker.channels.email import compose
from worker.models import Attempt, CaughtMail, Delivery, Hold


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def caught(content=b"", **fields):
    defaults = {"recipient": "nora@example.org", "subject": "Please confirm", "content": content}
    return CaughtMail.objects.create(**(defaults | fields))


def written(text="Hello", html=""):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "us@example.org",
        "nora@example.org",
        "Please confirm",
    )
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def test_a_newcomer_can_follow_the_link_in_a_caught_confirmation(staff):
    mail = caught(written("Open http://testserver/confirm/abc.def-1/ to confirm.\n"))
    page = staff.get(f"/outbox/mail/{mail.pk}/").content.decode()

    assert re.search(r'<a href="http://testserver/confirm/abc\.def-1/"[^>]*>', page)


def test_what_stands_in_a_message_never_becomes_part_of_the_page(staff):
    script = "<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1)"
    mail = caught(written(script, html=f"<p>{script}</p>"), subject=script)
    page = staff.get(f"/outbox/mail/{mail.pk}/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00 not a message",
        (
            b"Subject: =?nonsense?q?=FF?=\r\nContent-Type: text/plain;"
            b" charset=no-such-charset\r\n\r\nwords\xff"
        ),
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nbroken",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"From: <<<@@@>>>\r\nTo: ,,,\r\nDate: never\r\n\r\nwords",
        b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nwords",
    ],
)
def test_a_broken_message_is_shown_as_far_as_it_goes(staff, content):
    mail = caught(content)

    assert staff.get(f"/outbox/mail/{mail.pk}/").status_code == 200


HEADERS = [
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Disposition",
    "From",
    "To",
    "Date",
    "Subject",
    "Message-ID",
    "Reply-To",
]
VALUES = [
    "multipart/mixed; boundary=b",
    "multipart/related; boundary=b",
    "text/html; charset=x",
    "base64",
    "=?utf-8?b?=?=",
    '"',
    "<",
    "<<>",
    "@",
    ",;:",
]


@given_in_peace(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(HEADERS), st.sampled_from(VALUES) | st.text(max_size=20))),
    st.binary(max_size=60),
)
def test_no_message_is_too_broken_to_open(headers, body):
    lines = "".join(f"{name}: {value}\n" for name, value in headers)
    opened = read_message(
        lines.encode("utf-8", "surrogatepass") + b"\n--b\nContent-Type: text/plain\n\n" + body
    )

    assert isinstance(opened.text, str)


def test_a_name_too_long_for_one_line_reads_as_it_was_written():
    who = "Zoë Ñandú (via Star and Sun for Children)"
    built = compose(
        message_id="<1@us.example>",
        sender=(who, "us@example.org"),
        recipient=("", "a@b.example"),
        subject="Hello",
        text="Hello",
    )

    assert ("From", f'"{who}" <us@example.org>') in read_message(built).headers


def test_text_in_any_character_set_is_readable():
    assert (
        "Álvarez"
        in read_message(
            "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nÁlvarez".encode("latin-1")
        ).text
    )


def test_newest_mail_comes_first_and_a_recipient_is_found_by_a_post(staff):
    caught(recipient="nora@example.org", subject="First")
    caught(recipient="ben@example.org", subject="Second")

    assert [mail.subject for mail in staff.get("/outbox/").context["rows"]] == ["Second", "First"]
    assert [
        mail.subject for mail in staff.post("/outbox/", {"recipient": "NORA@"}).context["rows"]
    ] == ["First"]


def test_a_site_that_delivers_shows_its_deliveries_first(staff, settings):
    settings.DELIVERY_ENABLED = True

    assert staff.get("/outbox/")["Location"] == "/outbox/deliveries/"


def test_a_delivery_shows_the_peers_own_words(staff):
    posted = build.posted()[0]
    Attempt.objects.create(
        delivery=posted,
        at=timezone.now(),
        state="failed",
        code=550,
        answer="5.1.1 no such <mailbox>",
        author="worker",
    )
    page = staff.get(f"/outbox/deliveries/{posted.public_id}/").content.decode()

    assert "550" in page
    assert "5.1.1 no such &lt;mailbox&gt;" in page


def test_the_board_counts_by_lane_and_state_and_leads_to_what_it_counted(staff):
    build.posted(3, lane="letters:a.example")
    build.posted(1, lane="letters:b.example")
    Delivery.objects.filter(lane="letters:b.example").update(state="uncertain")
    page = staff.get("/outbox/deliveries/", {"lane": "letters:b.example", "state": "uncertain"})

    numbers = {row.name: dict(row.numbers) for row, _ in page.context["board"]}
    assert numbers == {"letters:a.example": {"queued": 3}, "letters:b.example": {"uncertain": 1}}
    assert [row.lane for row, _status in page.context["rows"]] == ["letters:b.example"]


@pytest.mark.parametrize(
    ("what", "scope", "key"),
    [
        ("everything|", "everything", ""),
        ("lane|letters:house.example", "lane", "letters:house.example"),
    ],
)
def test_a_hold_is_placed_and_lifted_with_a_name_and_a_reason(staff, what, scope, key):
    build.posted()
    staff.post("/outbox/holds/place/", {"what": what, "reason": "The host complained"})
    hold = Hold.objects.get()

    assert (hold.scope, hold.key, hold.reason, hold.author) == (
        scope,
        key,
        "The host complained",
        "sam@example.org",
    )
    staff.post("/outbox/holds/lift/", {"scope": scope, "key": key})
    assert not Hold.objects.exists()
    assert list(AuditEntry.objects.values_list("deed", "actor")) == [
        ("hold placed", "sam@example.org"),
        ("hold lifted", "sam@example.org"),
    ]


def test_a_campaign_is_paused_under_the_key_its_letters_carry(staff):
    campaign = build.campaign()
    staff.post(
        "/outbox/holds/place/",
        {"what": f"campaign|campaign:{campaign.pk}", "reason": "The bill changed"},
    )

    assert Hold.objects.get().key == f"campaign:{campaign.pk}"


def test_an_office_is_paused_from_one_of_its_deliveries(staff):
    posted = build.posted(recipient_key="seat:7")[0]
    page = staff.get(f"/outbox/deliveries/{posted.public_id}/").content.decode()
    assert 'value="seat:7"' in page
    staff.post("/outbox/holds/place/", {"office": "seat:7", "reason": "Moved away"})

    assert Hold.objects.filter(scope="office", key="seat:7").exists()


def test_a_hold_needs_a_reason_and_a_thing_that_exists(staff):
    assert (
        staff.post("/outbox/holds/place/", {"what": "everything|", "reason": ""}).status_code == 422
    )
    assert (
        staff.post(
            "/outbox/holds/place/", {"what": "lane|made up", "reason": "because"}
        ).status_code
        == 422
    )
    assert not Hold.objects.exists()


def test_an_organizer_reads_the_outbox_and_pauses_nothing(client, db):
    client.force_login(build.user("organizer"))

    assert client.get("/outbox/holds/").status_code == 200
    assert (
        client.post(
            "/outbox/holds/place/", {"what": "everything|", "reason": "because"}
        ).status_code
        == 403
    )
