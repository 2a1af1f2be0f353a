"""What comes back is told apart by what it is, keeps nobody's text, and no mail is too strange to
be read.
"""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.worker.inbound import corpus
from worker.inbound import parse
from worker.inbound.bounded import may_have_too_many_parts
from worker.inbound.parse import read_mail
from worker.models import Delivery

ROW = Delivery(message_id=f"<{'a' * 32}@mail.example.org>", recipient="smith@house.example")
SAMPLES = [corpus.filled(text, ROW) for text, *_ in corpus.WHAT_THEY_ARE.values()]


@pytest.mark.parametrize("name", corpus.WHAT_THEY_ARE)
def test_each_shape_is_known_for_what_it_is(name):
    text, kind, status, code, words = corpus.WHAT_THEY_ARE[name]

    report = read_mail(corpus.filled(text, ROW))

    assert (report.kind, report.status, report.code) == (kind, status, code)
    assert words in report.words


@pytest.mark.parametrize("name", corpus.WHAT_THEY_ARE)
def test_no_text_of_a_person_is_kept(name):
    report = read_mail(corpus.filled(corpus.WHAT_THEY_ARE[name][0], ROW))

    assert "Dear" not in report.words
    assert "Thank you" not in report.words
    assert "own number" not in report.words


@pytest.mark.parametrize(
    "name", ["Postfix", "Exchange", "Gmail-like", "out of office", "an answer", "a complaint"]
)
def test_the_message_that_came_back_or_is_answered_is_named(name):
    assert read_mail(corpus.filled(corpus.WHAT_THEY_ARE[name][0], ROW)).mentions == (
        ROW.message_id,
    )


def test_of_several_recipients_one_that_it_reached_is_enough():
    two = corpus.dsn(
        more="\nFinal-Recipient: rfc822; aide@house.example\nAction: delivered\nStatus: 2.0.0\n"
    )

    assert read_mail(corpus.filled(two, ROW)).kind == "delivered"


def test_no_return_address_and_no_report_is_a_machine():
    assert read_mail(b"Subject: hello\r\n\r\nWe are closed.", sender="").kind == "auto_reply"
    assert (
        read_mail(b"Return-Path: <>\r\nSubject: hello\r\n\r\nWe are closed.").kind == "auto_reply"
    )
    assert (
        read_mail(b"Subject: hello\r\n\r\nWe are open.", sender="ada@house.example").kind == "reply"
    )


def test_of_endless_words_so_much_is_kept_as_anybody_reads():
    report = read_mail(corpus.filled(corpus.dsn(said="smtp; 550 5.1.1 " + "x" * 50_000), ROW))

    assert len(report.words) == parse.WORDS_LIMIT


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00",
        b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nnothing",
        b"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n////",
        b"Content-Type: text/plain; charset=no-such-charset\r\n\r\n\xff\xfe",
        b"Auto-Submitted: =?no-such?q?auto?=\r\n\r\n",
        b"Precedence: " + b"\xe9" * 1000 + b"\r\n\r\n",
        b"X: y\r\n" * 100_000,
        b"Content-Type: message/rfc822\r\n\r\n" * 20_000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
            for n in range(5_000)
        ),
        b"Content-Type: multipart/report; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n" * 20_000,
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type:"
        b" message/delivery-status\r\n\r\n" + b"a: b\r\n\r\n" * 100_000,
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 90_000,
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\na: b\n\n" * 90_000,
        b"Content-Type: multipart/mixed; boundary=x" + b"; a=b" * 200_000 + b"\n\n--x\n",
        b"Content-Type: multipart/mixed; boundary*0=x"
        + b"".join(b"; boundary*%d=x" % n for n in range(1, 40_000)),
        b"a:\n" * 300_000,
        b"a: b\n " + b"\n " * 400_000,
        b"\n" + b"550 5.1.1 no such user" * 40_000,
    ],
    ids=range(20),
)
def test_a_hostile_mail_is_read_in_no_time_and_says_nothing_wrong(content):
    started = time.process_time()
    report = read_mail(content)

    assert report.kind in ("unclear", "reply", "auto_reply", "failed")
    assert time.process_time() - started < 1, "a megabyte that costs more is an attack"


def test_a_report_of_many_parts_and_fields_is_still_read():
    """Twenty times what any real one has."""
    received = "Received: from a.example by b.example; Sat, 21 Nov 2026 00:00:00 +0000\n" * 200
    report = read_mail(received.encode() + corpus.filled(corpus.POSTFIX, ROW))

    assert report.kind == "failed"


def test_a_mail_of_many_parts_is_known_from_outside_also_within_json():
    raw = b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 2_000

    assert may_have_too_many_parts(raw)
    assert may_have_too_many_parts(json.dumps({"email": raw.decode()}).encode())
    assert not any(may_have_too_many_parts(sample) for sample in SAMPLES)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=20)), max_size=8),
)
def test_no_mangled_report_raises_or_keeps_what_no_database_takes(sample, cuts):
    for at, junk in cuts:
        sample = sample[:at] + junk + sample[at + len(junk) // 2 :]

    report = read_mail(sample)

    report.words.encode()
    assert "\x00" not in report.words
    assert len(report.status) <= 12
