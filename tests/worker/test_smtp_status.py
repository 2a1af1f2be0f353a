"""What a mail server's reply means: for the letter, for its address, and about us."""

import pytest

from worker.smtp_status import (
    enhanced_status,
    is_no_such_address,
    is_permanent,
    is_policy,
    reply_code,
)


@pytest.mark.parametrize(
    ("code", "answer", "permanent", "policy"),
    [
        (550, "5.1.1 no such mailbox", True, False),
        (553, "5.1.3 bad address syntax", True, False),
        (552, "5.3.4 message too big", True, False),
        (554, "5.6.0 cannot be read", True, False),
        (554, "transaction failed", True, True),
        (552, "5.2.2 mailbox full", False, False),
        (552, "storage exceeded", False, False),
        (452, "4.2.2 mailbox full", False, False),
        (550, "5.7.1 policy", False, True),
        (554, "5.7.26 DMARC", False, True),
        (451, "4.7.1 greylisted", False, False),
        (421, "4.3.2 going down", False, False),
        (450, "4.2.0 greylisted", False, False),
    ],
)
def test_a_refusal_is_permanent_only_if_nobody_can_mend_it(code, answer, permanent, policy):
    assert is_permanent(code, answer) is permanent
    assert is_policy(code, answer) is policy


@pytest.mark.parametrize(
    ("code", "said", "policy"),
    [
        (None, "5.7.1", True),
        (None, "4.7.1 greylisted for too long", False),
        (550, "5.0.0 blocked: 5.7.1", True),
        (554, "5.6.0 cannot be read", False),
        (554, "", True),
        (None, "", False),
    ],
)
def test_that_they_refuse_us_is_read_from_a_report_too(code, said, policy):
    assert is_policy(code, said) is policy


@pytest.mark.parametrize(
    ("code", "words", "nobody"),
    [
        (550, "5.1.1 gone", True),
        (550, "5.1.10 not found", True),
        (550, "No such user here", True),
        (553, "sorry, that mailbox does not exist", True),
        (550, "4.1.1 gone", False),
        (550, "5.7.1 user unknown to our policy", False),
        (550, "5.1.8 bad sender", False),
        (550, "blocked", False),
        (554, "no such user", False),
        (None, "no such user", False),
    ],
)
def test_only_words_about_a_missing_mailbox_are_about_the_address(code, words, nobody):
    assert is_no_such_address(code, words) is nobody


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("550 5.1.1 no such user", 550, "5.1.1"),
        ("552-5.2.2 mailbox full", 552, "5.2.2"),
        ("host mx.example[2001:db8::250] said: 451 4.7.1 later", 451, "4.7.1"),
        ("connect to mx.example[203.0.113.250]:25: timed out", None, ""),
        ("lost connection with mx.example[2001:db8::250]", None, ""),
        ("the server said 550", 550, ""),
        ("250 2.0.0 queued", 250, "2.0.0"),
        ("", None, ""),
    ],
)
def test_codes_are_read_from_a_servers_words_and_not_from_its_address(text, code, status):
    assert (reply_code(text), enhanced_status(text)) == (code, status)
