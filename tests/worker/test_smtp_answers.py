"""What a peer's refusal means for the letter."""

import pytest

from worker.channels.smtp import Endpoint, refusal, stuffed


@pytest.mark.parametrize(
    ("code", "answer", "permanent"),
    [
        (550, "5.1.1 no such mailbox", True),
        (553, "5.1.3 bad address syntax", True),
        (554, "transaction failed", True),
        (552, "5.3.4 message too big", True),
        (554, "5.6.0 cannot be read", True),
        (552, "5.2.2 mailbox full", False),
        (552, "storage exceeded", False),
        (452, "4.2.2 mailbox full", False),
        (550, "5.7.1 policy", False),
        (554, "5.7.26 DMARC", False),
        (421, "4.3.2 going down", False),
        (450, "4.2.0 greylisted", False),
    ],
)
def test_a_refusal_is_permanent_only_if_nobody_can_mend_it(code, answer, permanent):
    assert refusal(code, answer).permanent is permanent


def test_a_refused_sender_is_our_trouble_and_not_the_letters():
    error = refusal(550, "5.1.8 sender refused", ours=True)

    assert not error.permanent
    assert error.endpoint


@pytest.mark.parametrize("url", ["", "http://example.org", "smtp://", "smtp://user:secret@mail.example.org:587"])
def test_an_address_of_a_relay_that_is_wrong_or_tells_the_password_is_refused(url):
    with pytest.raises(ValueError, match="smtp"):
        Endpoint.parse(url)


def test_a_relay_with_a_login_is_read_with_its_special_characters():
    end = Endpoint.parse("smtp+tls://us%40er:p%2Fw@mail.example.org")

    assert (end.host, end.port, end.user, end.password) == ("mail.example.org", 587, "us@er", "p/w")


@pytest.mark.parametrize(
    ("message", "wire"),
    [(b"a\r\n", b"a\r\n.\r\n"), (b"a", b"a\r\n.\r\n"), (b".\r\n..b\r\n", b"..\r\n...b\r\n.\r\n"), (b"a\r\n.", b"a\r\n..\r\n.\r\n")],
)
def test_dots_are_doubled_so_that_no_line_ends_the_letter(message, wire):
    assert stuffed(message) == wire
