"""What a peer's refusal means for the letter."""

import socket

import pytest

from tests.smtp_sink import DROP, Sink
from worker.channels import ChannelError
from worker.channels.smtp import Endpoint, SmtpConnection, refusal, stuffed


def test_a_refused_sender_is_our_trouble_and_not_the_letters():
    error = refusal(550, "5.1.8 sender refused", ours=True)

    assert not error.permanent
    assert error.endpoint


@pytest.mark.parametrize(
    "url", ["", "http://example.org", "smtp://", "smtp://user:secret@mail.example.org:587"]
)
def test_an_address_of_a_relay_that_is_wrong_or_tells_the_password_is_refused(url):
    with pytest.raises(ValueError, match="smtp"):
        Endpoint.parse(url)


def test_a_relay_with_a_login_is_read_with_its_special_characters():
    end = Endpoint.parse("smtp+tls://us%40er:p%2Fw@mail.example.org")

    assert (end.host, end.port, end.user, end.password) == ("mail.example.org", 587, "us@er", "p/w")


@pytest.mark.parametrize(
    ("message", "wire"),
    [
        (b"a\r\n", b"a\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b".\r\n..b\r\n", b"..\r\n...b\r\n.\r\n"),
        (b"a\r\n.", b"a\r\n..\r\n.\r\n"),
    ],
)
def test_dots_are_doubled_so_that_no_line_ends_the_letter(message, wire):
    assert stuffed(message) == wire


@pytest.fixture(params=[True, False], ids=["in one breath", "one by one"])
def sink(request):
    with Sink(pipelining=request.param) as sink:
        yield sink


@pytest.fixture
def carry(sink):
    connection = SmtpConnection(Endpoint.parse(sink.url), hello="localhost")

    def letter(recipient="smith@house.example"):
        return connection.carry(
            sender="letters@mail.example.org",
            recipient=recipient,
            message=b"Subject: Playgrounds\r\n\r\nOpen them.\r\n",
        )

    yield letter
    connection.close()


def test_letters_share_a_connection_and_each_gets_its_answer(sink, carry):
    assert [carry().code, carry().code] == [250, 250]
    assert (sink.connections, len(sink.caught)) == (1, 2)


@pytest.mark.parametrize(("moment", "is_ours"), [("MAIL", True), ("RCPT", False), ("DATA", False)])
def test_a_refusal_before_the_message_says_who_refused_and_the_next_letter_goes_over_the_same_line(
    sink, carry, moment, is_ours
):
    sink.answer(moment, f"550 5.1.1 not at {moment}", times=1)

    with pytest.raises(ChannelError, match=f"not at {moment}") as refused:
        carry()

    assert (refused.value.code, refused.value.endpoint) == (550, is_ours)
    assert carry().code == 250
    assert (sink.connections, len(sink.caught)) == (1, 1)


@pytest.mark.parametrize("moment", ["MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_message_leaves_no_doubt(sink, carry, moment):
    sink.answer(moment, DROP)

    with pytest.raises(ChannelError) as broken:
        carry()

    assert broken.value.endpoint
    assert sink.caught == []


def test_a_line_that_went_stale_while_it_rested_is_replaced_without_a_word(sink, carry):
    carry()
    sink.down()
    sink.up()

    assert carry().code == 250


def test_a_server_that_wants_the_message_of_a_refused_recipient_gets_none():
    with Sink(pipelining=True) as sink:
        sink.wants_everything = True
        sink.answer("RCPT", "550 5.1.1 no such mailbox")
        connection = SmtpConnection(Endpoint.parse(sink.url), hello="localhost")

        with pytest.raises(ChannelError, match="no such mailbox"):
            connection.carry(
                sender="letters@mail.example.org",
                recipient="smith@house.example",
                message=b"Subject: x\r\n\r\nx\r\n",
            )

        assert connection.smtp is None
        assert sink.caught == []


def test_no_address_can_say_a_command_of_its_own(sink, carry):
    with pytest.raises(ValueError, match="line end"):
        carry("smith@house.example>\r\nRCPT TO:<eve@evil.example")
    assert sink.caught == []


SENDER, SMITH, JONES = "b@mail.example.org", "smith@house.example", "jones@house.example"


@pytest.fixture
def ahead():
    """A line that has just carried a letter and announced the next, to Smith."""
    with Sink() as sink:
        connection = SmtpConnection(Endpoint.parse(sink.url), hello="localhost")
        connection.carry(sender=SENDER, recipient=JONES, message=b"Subject: 1\r\n\r\n1\r\n")

        def announced():
            connection.announce(SENDER, SMITH)
            return connection

        yield sink, announced
        connection.close()


def test_a_letter_that_was_announced_goes_over_the_same_line_once(ahead):
    sink, announced = ahead

    assert to(announced(), SMITH).code == 250
    assert (sink.connections, arrived(sink)) == (1, [JONES, SMITH])


def test_of_a_letter_that_was_announced_and_may_not_go_nothing_leaves(ahead):
    sink, announced = ahead

    assert to(announced(), JONES).code == 250
    assert (sink.connections, arrived(sink)) == (2, [JONES, JONES])


def test_a_refusal_of_a_letter_that_was_announced_is_told_at_its_turn(ahead):
    sink, announced = ahead
    sink.answer("RCPT", "550 5.1.1 no such mailbox", times=1)
    line = announced()

    with pytest.raises(ChannelError, match="no such mailbox") as refused:
        to(line, SMITH)

    assert refused.value.permanent
    assert to(line, JONES).code == 250
    assert (sink.connections, arrived(sink)) == (1, [JONES, JONES])


def test_a_server_that_asked_for_the_message_and_left_makes_no_doubt(ahead):
    sink, announced = ahead
    line = announced()
    line.smtp.sock.recv(1, socket.MSG_PEEK)  # it has begun to answer
    sink.down()
    sink.up()

    assert to(line, SMITH).code == 250
    assert arrived(sink) == [JONES, SMITH]


def to(connection, recipient):
    return connection.carry(sender=SENDER, recipient=recipient, message=b"Subject: 2\r\n\r\n2\r\n")


def arrived(sink):
    return [caught.recipient for caught in sink.caught]
