"""A provider instead of a relay: a Postmark of our own on this machine, spoken to by the real
django-anymail.
"""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tests.build import posted
from worker.channels import provider
from worker.channels.email import compose
from worker.engine.deliver import deliver
from worker.models import Delivery, Return

LANE = "letters:house.example"
SECRET = "hooks:known to the provider and to us, 0123456789"
pytestmark = pytest.mark.django_db


class Postmark(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        self.mails, self.status, self.hangs_up = [], 200, False
        super().__init__(("127.0.0.1", 0), Answer)


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.mails.append(mail)
        if self.server.hangs_up:
            return
        ok = {
            "ErrorCode": 0,
            "Message": "OK",
            "MessageID": "p-1",
            "To": mail["To"],
            "SubmittedAt": "2026-11-21T00:00:00Z",
        }
        to = mail["To"].partition("<")[2].strip(">")
        refused = {
            "ErrorCode": 406,
            "Message": (
                f"Found inactive addresses: {to}. Inactive recipients are ones that bounced."
            ),
        }
        answer = json.dumps(ok if self.server.status == 200 else refused).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def postmark(settings):
    server = Postmark()
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    ).start()
    settings.DELIVERY_ENABLED, settings.SMTP_URL, settings.MAIL_PROVIDER = True, "", "postmark"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_address[1]}/",
        "WEBHOOK_SECRET": SECRET,
        "REQUESTS_TIMEOUT": 5,
    }
    provider.kept.__dict__.clear()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def tell(client):
    def post(event, *, user=SECRET, kind="tracking"):
        headers = {"Authorization": f"Basic {base64.b64encode(user.encode()).decode()}"}
        return client.post(
            f"/hooks/provider/{kind}/", event, content_type="application/json", headers=headers
        )

    return post


def event(row, record="Bounce", **more):
    bounce = {
        "Type": "HardBounce",
        "ID": 42,
        "Description": "The server was unable to deliver",
        "Details": "550 5.1.1 User unknown",
    }
    return (
        {
            "RecordType": record,
            "Metadata": {"reference": row.public_id.hex},
            "Email": row.recipient,
            "MessageID": "p-1",
        }
        | bounce
        | more
    )


def test_a_letter_leaves_with_all_it_says_and_what_brings_events_back(
    postmark, state_of, attempts_of
):
    (row,) = posted(rehearsal=False)

    deliver(LANE)

    [mail] = postmark.mails
    assert (
        mail["TextBody"].replace("\r\n", "\n")
        == "Dear Delegate Smith,\n\nPlease open the playgrounds.\n\nNora North\n"
    )
    assert (mail["Subject"], mail["ReplyTo"]) == (
        "Open the playgrounds",
        "Nora North <nora@example.org>",
    )
    assert mail["Metadata"] == {"reference": row.public_id.hex}
    assert {"Name": "Message-ID", "Value": row.message_id} in mail["Headers"]
    assert state_of(row) == "sent"
    assert "p-1" in attempts_of(row)[-1][2]


def test_a_name_too_long_for_one_line_arrives_whole(postmark):
    who = "Zoë Ñandú (via Star and Sun for Children)"
    words = {
        "message_id": "<1@us.example>",
        "recipient": ("", "seat@house.example"),
        "subject": "Hello",
        "text": "Hello",
    }
    posted(rehearsal=False, message=compose(**words, sender=(who, "letters@us.example")))

    deliver(LANE)

    assert postmark.mails[0]["From"] == f'"{who}" <letters@us.example>'


def test_practice_never_reaches_a_provider(postmark, smtp_sink, state_of):
    (row,) = posted(rehearsal=True)

    deliver(LANE)

    assert (postmark.mails, len(smtp_sink.caught), state_of(row)) == ([], 1, "sent")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (422, "failed"),
        (400, "failed"),
        (401, "queued"),
        (429, "queued"),
        (503, "queued"),
        (500, "uncertain"),
    ],
)
def test_each_answer_makes_of_a_letter_what_it_says(postmark, state_of, status, state):
    (row,) = posted(rehearsal=False)
    postmark.status = status

    deliver(LANE)

    assert state_of(row) == state


def test_an_interrupted_request_is_doubt_and_never_sent_again(postmark, state_of, make_due):
    (row,) = posted(rehearsal=False)
    postmark.hangs_up = True
    deliver(LANE)
    postmark.hangs_up = False

    make_due()
    deliver(LANE)

    assert state_of(row) == "uncertain"
    assert len(postmark.mails) == 1


def test_a_provider_that_is_not_there_took_nothing(postmark, settings, state_of):
    settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_API_URL": "http://127.0.0.1:1/"}
    (row,) = posted(rehearsal=False)

    deliver(LANE)

    assert state_of(row) == "queued"


def test_its_events_end_a_letter_or_doubt_each_once(postmark, tell, state_of, attempts_of):
    gone, doubted = posted(2, rehearsal=False)
    Delivery.objects.filter(pk=gone.pk).update(state="sent")
    Delivery.objects.filter(pk=doubted.pk).update(state="uncertain")

    for _ in range(2):
        assert tell(event(gone)).status_code == 200
        assert (
            tell(
                event(
                    doubted,
                    "Delivery",
                    Details="smtp;250 2.0.0 OK",
                    DeliveredAt="2026-11-21T00:00:00Z",
                )
            ).status_code
            == 200
        )

    assert (state_of(gone), state_of(doubted)) == ("failed", "sent")
    assert attempts_of(gone) == [("failed", 550, "5.1.1 User unknown", "bounce")]
    assert set(Return.objects.values_list("kind", "source")) == {
        ("failed", "provider"),
        ("relayed", "provider"),
    }


@pytest.mark.parametrize(
    "odd",
    [
        {"Metadata": {"reference": "nobody's"}},
        {"Metadata": {"reference": 7}},
        {"RecordType": "Open"},
    ],
)
def test_an_event_about_nothing_of_ours_is_passed_over(postmark, tell, odd):
    (row,) = posted(rehearsal=False)

    assert tell(event(row) | odd).status_code == 200
    assert not Return.objects.exists()


def test_nobody_else_tells_us_anything(postmark, tell, settings):
    (row,) = posted(rehearsal=False)

    assert tell(event(row), user="hooks:guessed").status_code == 400
    assert tell("[", kind="tracking").status_code == 400
    assert tell(event(row), kind="something").status_code == 404
    settings.MAIL_PROVIDER = ""
    assert tell(event(row)).status_code == 404
    assert not Return.objects.exists()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"MAIL_PROVIDER": "nobody"}, "does not know it"),
        ({"SMTP_URL": "smtp://127.0.0.1"}, "two ways out"),
        ({"ANYMAIL": {"WEBHOOK_SECRET": "a:b"}}, "no WEBHOOK_SECRET"),
    ],
)
def test_a_wrong_setup_is_told_at_the_start(postmark, settings, change, complaint):
    for name, value in change.items():
        setattr(settings, name, value)

    with pytest.raises(SystemCheckError, match=complaint):
        call_command("check")
