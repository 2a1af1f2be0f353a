"""Over TLS or not at all, where the address of the relay says so; the login never travels in the
clear.
"""

import ssl
import subprocess

import pytest

from tests.build import posted
from tests.smtp_sink import Sink
from worker.channels import ChannelError
from worker.channels.smtp import Endpoint, SmtpConnection
from worker.engine.deliver import deliver
from worker.models import Delivery

LANE = "letters:house.example"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """The path of a certificate for 127.0.0.1 that nobody trusts yet, its key beside it."""
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    make = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=relay -addext"
        " subjectAltName=IP:127.0.0.1"
    )
    subprocess.run(
        [*make.split(), "-out", path, "-keyout", path.with_suffix(".key")],
        check=True,
        capture_output=True,
    )
    return path


@pytest.fixture(params=["smtps", "smtp+tls"])
def relay(request, certificate, settings):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    with Sink(certificate=context, tls_from_the_start=request.param == "smtps") as sink:
        settings.DELIVERY_ENABLED = True
        settings.SMTP_URL = f"{request.param}://us%40er:p%2Fw@{sink.host}:{sink.port}"
        yield sink


def test_a_letter_travels_over_tls_with_our_login(relay, certificate, monkeypatch, state_of):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    (row,) = posted(rehearsal=False)

    deliver(LANE)

    assert state_of(row) == "sent"
    assert relay.logins == [["us@er", "p/w"]]


def test_a_relay_that_cannot_prove_who_it_is_gets_neither_login_nor_letter(
    relay, state_of, attempts_of
):
    (row,) = posted(rehearsal=False)

    deliver(LANE)

    assert (state_of(row), relay.logins, relay.caught) == ("queued", [], [])
    assert "certificate verify failed" in attempts_of(row)[-1][2]


def test_a_relay_without_starttls_gets_neither_login_nor_letter(smtp_sink, settings, state_of):
    settings.DELIVERY_ENABLED, settings.CATCHER_URL = True, "smtp://127.0.0.1:1"
    settings.SMTP_URL = f"smtp+tls://user:secret@{smtp_sink.host}:{smtp_sink.port}"
    (row,) = posted(rehearsal=False)

    deliver(LANE)

    assert (state_of(row), smtp_sink.logins, smtp_sink.caught) == ("queued", [], [])


def test_a_refused_login_is_our_trouble_and_every_letter_is_kept(relay, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    relay.answer("AUTH", "535 5.7.8 wrong password")
    posted(3, rehearsal=False)

    assert deliver(LANE) == 1

    assert Delivery.objects.filter(state="queued").count() == 3


def test_after_a_refused_login_no_connection_stays_open(relay, certificate, monkeypatch, settings):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    relay.answer("AUTH", "535 5.7.8 wrong password")

    # Whoever keeps the error keeps what it was raised in: nothing is closed by being forgotten.
    with pytest.raises(ChannelError) as refused:
        SmtpConnection(Endpoint.parse(settings.SMTP_URL), hello="act.example.org").connect()

    assert (refused.value.code, relay.connections, relay.was_left()) == (535, 1, True)


def test_without_starttls_no_connection_stays_open(smtp_sink):
    end = Endpoint.parse(f"smtp+tls://user:secret@{smtp_sink.host}:{smtp_sink.port}")

    with pytest.raises(ChannelError) as refused:
        SmtpConnection(end, hello="act.example.org").connect()

    assert "STARTTLS" in str(refused.value)
    assert (smtp_sink.connections, smtp_sink.was_left()) == (1, True)
