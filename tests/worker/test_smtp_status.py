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
        (552, "1 Requested mail action aborted, mailbox not found", True, False),
        (554, "delivery error: dd This user doesn't have a yahoo.com account", True, False),
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


NOBODY_THERE = [
    (550, "5.1.1 gone"),
    (550, "5.1.10 not found"),
    (550, "No such user here"),
    (553, "sorry, that mailbox does not exist"),
    # Microsoft
    (
        550,
        "5.4.1 Recipient address rejected: Access denied. For more information see "
        "https://aka.ms/EXOSmtpErrors AS(201806281) [BL2NAM02FT061.prod.protection.outlook.com]",
    ),
    (550, "5.4.1 [ada@house.example]: Recipient address rejected: Access denied [b.outlook.com]"),
    (550, "5.4.1 All recipient addresses rejected : Access denied"),
    (None, "5.0.350 Remote server returned an error -> 550 5.1.1 user unknown"),
    (550, "5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 no"),
    (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
    (550, "5.5.0 Requested action not taken: mailbox unavailable (S2017062302)"),
    (550, "Requested action not taken: mailbox unavailable"),
    # Google
    (
        550,
        "5.1.1 The email account that you tried to reach does not exist. Please try\n5.1.1 "
        "double-checking the recipient's email address for typos or\n5.1.1 unnecessary spaces. "
        "https://support.google.com/mail/?p=NoSuchUser d2e1a72f - gsmtp",
    ),
    (550, "5.2.1 The email account that you tried to reach is disabled. ?p=DisabledUser"),
    (550, "5.2.1 The email account that you tried to reach is inactive."),
    # Yahoo and AOL
    (554, "delivery error: dd This user doesn't have a yahoo.com account (ada@yahoo.com) [0]"),
    (554, "delivery error: dd Not a valid recipient - mta4.mail.example"),
    (552, "1 Requested mail action aborted, mailbox not found"),
    (554, "30 Sorry, your message to ada@yahoo.com cannot be delivered. This mailbox is disabled"),
    (554, "no such account"),
    (550, "5.1.1 <ada@house.example>: Recipient address rejected: aol.com"),
    # Postfix, also about an address and behind hosts whose names sound like a policy
    (550, "5.1.1 <ada@house.example>: Recipient address rejected: User unknown in relay table"),
    (550, "5.1.1 <health.policy@block.example>: Recipient address rejected: User unknown"),
    (550, "host spam.filter.example[192.0.2.1] said: 550 No such user (in reply to RCPT TO)"),
    (None, "5.4.4 Host or domain name not found. Name service error for name=gone.example type=A"),
    # Exim and cPanel
    (550, "Unrouteable address"),
    (550, "No Such User Here\""),
    (550, "unknown user"),
    # Sendmail, qmail, Domino
    (550, "5.1.1 <ada@house.example>... User unknown"),
    (553, "5.3.0 <ada@house.example>... Unknown user"),
    (511, "sorry, no mailbox here by that name (#5.1.1 - chkuser)"),
    (550, "ada@house.example User not listed in public Name & Address Book"),
    # Gateways: Proofpoint, Mimecast, Barracuda, Cisco, MessageLabs
    (550, "5.1.1 User Unknown"),
    (550, "Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [xYz.us12]"),
    (550, "Recipient email address is possibly incorrect [xYz.us12]"),
    (550, "No such recipient (ada@house.example)"),
    (550, "permanent failure for one or more recipients (ada@house.example:550 5.1.1 no user)"),
    (550, "#5.1.0 Address rejected."),
    (550, "Invalid recipient <ada@house.example> (#5.1.1)"),
    # A provider's and a report's bare words
    (550, "5.1.6 recipient no longer on server"),
    (None, "failed 5.2.1"),
]  # fmt: skip

SOMETHING_ELSE = [
    (550, "4.1.1 gone"),
    (550, "5.1.8 bad sender"),
    (550, "blocked"),
    (None, "no such user"),
    (550, "host 5.1.1.7 said no"),
    # Policy words and 5.7.z win over what stands beside them.
    (550, "5.7.1 user unknown to our policy"),
    (550, "5.7.1 <ada@house.example>: Recipient address rejected: Access denied"),
    (554, "<ada@house.example>: Recipient address rejected: Access denied"),
    (550, "5.4.1 [house.example]: Relay access denied"),
    (550, "5.4.1 Recipient address rejected"),
    (550, "5.1.1 Recipient address rejected: blocked by policy"),
    (550, "5.1.1 Access denied, banned sending IP [192.0.2.1]"),
    (None, "5.0.350 Remote server returned an error -> 550 5.7.1 user unknown"),
    (550, "mailbox unavailable\nReject due to policy restrictions"),
    (550, "Requested action not taken: mailbox unavailable; invalid DNS MX or A resource record"),
    (550, "5.1.0 <letters@mail.example>: Sender address rejected: User unknown"),
    (550, "5.1.1 unknown user (in reply to MAIL FROM command)"),
    (550, "Verification failed for <a@mail.example>\nUnrouteable address\nSender verify failed"),
    (554, "Service unavailable; Client host [192.0.2.1] blocked using Barracuda Reputation"),
    (550, "permanent failure for one or more recipients (ada@house.example:blocked)"),
    (550, "Rejected by header based manually Blocked Senders - https://community.mimecast.com/x"),
    (550, "Administrative prohibition - envelope blocked"),
    (554, "Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1"),
    (554, "5.7.9 Message not accepted for policy reasons"),
    (550, "relay not permitted"),
    (550, "5.7.606 Access denied, banned sending IP"),
    # Full, too fast, too large, not now.
    (552, "5.2.2 The email account that you tried to reach is over quota"),
    (552, "mailbox full, account is disabled until then"),
    (None, "5.0.350 Remote server returned an error -> 452 4.2.2 mailbox full"),
    (550, "5.2.1 The user you are trying to contact is receiving mail at a rate that prevents"),
    (550, "5.2.1 Mailbox temporarily disabled"),
    (554, "delivery error: dd This account has been temporarily suspended. Try again later."),
    (450, "5.2.0 greylisted, recipient unknown yet"),
    (451, "4.7.1 greylisted"),
    (450, "mailbox unavailable"),
    (552, "5.3.4 message too big"),
    (554, "5.4.14 Hop count exceeded - possible mail loop"),
    (550, "5.4.4 unable to route"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words"), NOBODY_THERE)
def test_these_words_say_that_nobody_has_the_address(code, words):
    assert is_no_such_address(code, words)
    assert not is_policy(code, words)
    assert is_permanent(code or 550, words)


@pytest.mark.parametrize(("code", "words"), SOMETHING_ELSE)
def test_these_words_are_about_something_else(code, words):
    assert not is_no_such_address(code, words)


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
