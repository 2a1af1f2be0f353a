"""Mails that come back, in the shapes that servers give them.

Written by us; no real person or host.
"""

OUR_LETTER = """Message-ID: {message_id}
From: "Nora North (via Children First)" <letters@mail.example.org>
To: "Delegate Smith" <{recipient}>
Subject: Open the playgrounds

"""


def filled(text, row):
    """As bytes with CRLF, about this delivery."""
    return (
        text.replace("{letter}", OUR_LETTER)
        .format(message_id=row.message_id, recipient=row.recipient)
        .replace("\n", "\r\n")
        .encode()
    )


def dsn(
    action="failed",
    status="5.1.1",
    said="smtp; 550 5.1.1 <{recipient}>: Recipient address rejected: User unknown",
    more="",
):
    """As Postfix writes them."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@relay.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4cX7.1732200000/relay.example.org"

This is a MIME-encapsulated message.

--4cX7.1732200000/relay.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host relay.example.org.

I'm sorry to have to inform you that your message could not be delivered.

--4cX7.1732200000/relay.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org
X-Postfix-Queue-ID: 4cX7abc
Arrival-Date: Sat, 21 Nov 2026 09:00:00 -0500 (EST)

Final-Recipient: rfc822; {{recipient}}
Original-Recipient: rfc822;{{recipient}}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.house.example
Diagnostic-Code: {said}
{more}
--4cX7.1732200000/relay.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

{{letter}}Dear Delegate Smith,

--4cX7.1732200000/relay.example.org--
"""


POSTFIX = dsn()
POSTFIX_DELAY = dsn(
    "delayed", "4.4.1", "smtp; connect to mx.house.example[192.0.2.1]:25: Connection timed out"
)
POSTFIX_DELIVERED = dsn("delivered", "2.0.0", "smtp; 250 2.0.0 Ok: queued as 7F")
POSTFIX_EXPIRED = dsn(
    "failed", "4.4.1", "X-Postfix; connect to mx.house.example[192.0.2.1]:25: Connection refused"
)
POSTFIX_FULL = dsn("failed", "5.2.2", "smtp; 552 5.2.2 Mailbox full")
POSTFIX_POLICY = dsn("failed", "5.7.1", "smtp; 554 5.7.1 Message rejected due to our policy")

EXCHANGE = """From: <postmaster@house.example>
Subject: Undeliverable: Open the playgrounds
MIME-Version: 1.0
X-Auto-Response-Suppress: All
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9B095B5ADSN=_01DC0000mx.house.exampl"

--9B095B5ADSN=_01DC0000mx.house.exampl
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

RGVsaXZlcnkgaGFzIGZhaWxlZC4=

--9B095B5ADSN=_01DC0000mx.house.exampl
Content-Type: message/delivery-status

Reporting-MTA: dns;mx.house.example
Received-From-MTA: dns;relay.example.org

Final-Recipient: rfc822;{recipient}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {recipient} not found by SMTP address lookup
X-Display-Name: Delegate Smith

--9B095B5ADSN=_01DC0000mx.house.exampl
Content-Type: text/rfc822-headers

{letter}
--9B095B5ADSN=_01DC0000mx.house.exampl--
"""

GMAIL_LIKE = """From: Mail Delivery Subsystem <mailer-daemon@webmail.example>
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; boundary="000000000000aaaa"; report-type=delivery-status
MIME-Version: 1.0

--000000000000aaaa
Content-Type: multipart/related; boundary="000000000000bbbb"

--000000000000bbbb
Content-Type: multipart/alternative; boundary="000000000000cccc"

--000000000000cccc
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to {recipient} because the address couldn't be found.

--000000000000cccc
Content-Type: text/html; charset="UTF-8"

<html><body>Address not found</body></html>

--000000000000cccc--

--000000000000bbbb--

--000000000000aaaa
Content-Type: message/delivery-status

Reporting-MTA: dns; webmail.example
Arrival-Date: Sat, 21 Nov 2026 06:00:00 -0800 (PST)

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.0.0
Remote-MTA: dns; mx.house.example. (192.0.2.7, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
 550 5.1.1 Please check the address.
Last-Attempt-Date: Sat, 21 Nov 2026 06:00:01 -0800 (PST)

--000000000000aaaa
Content-Type: message/rfc822

{letter}Dear Delegate Smith,

--000000000000aaaa--
"""

QMAIL = """From: MAILER-DAEMON@mx.house.example
Subject: failure notice

Hi. This is the qmail-send program at mx.house.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{recipient}>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 sorry, no mailbox here by that name
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

{letter}Dear Delegate Smith, call me at 550-1234.
"""

EXIM = """From: Mail Delivery System <Mailer-Daemon@mx.house.example>
X-Failed-Recipients: {recipient}
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {recipient}
    host mx2.house.example [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<{recipient}>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

{letter}Dear Delegate Smith,
"""

AWAY = """From: Office of Delegate Smith <{recipient}>
Subject: Automatic reply: Open the playgrounds
Auto-Submitted: auto-replied
In-Reply-To: {message_id}

Thank you for writing. 550 people wrote this week; the mailbox of my colleague does not exist any more.
"""

AWAY_OF_OLD = """From: Office of Delegate Smith <{recipient}>
Subject: Thank you for contacting us
X-Auto-Response-Suppress: DR, OOF, AutoReply

Thank you.
"""

ANSWER = """From: Delegate Smith <{recipient}>
Subject: Re: Open the playgrounds
In-Reply-To: {message_id}

Dear Nora, you are right. My own number is 555 0100.
"""

COMPLAINT = """From: <feedback@webmail.example>
Subject: Email Feedback Report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="arf"

--arf
Content-Type: text/plain

This is an email abuse report.

--arf
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--arf
Content-Type: message/rfc822

{letter}Dear Delegate Smith,

--arf--
"""

READ_THERE = """From: <{recipient}>
Subject: Read: Open the playgrounds
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="mdn"

--mdn
Content-Type: text/plain

It was displayed.

--mdn
Content-Type: message/disposition-notification

Final-Recipient: rfc822;{recipient}
Original-Message-ID: {message_id}
Disposition: manual-action/MDN-sent-manually; displayed

--mdn--
"""

# What each is: kind, status, code, and some of the words that are kept.
WHAT_THEY_ARE = {
    "Postfix": (POSTFIX, "failed", "5.1.1", 550, "User unknown (mx.house.example)"),
    "Postfix, delay": (POSTFIX_DELAY, "delayed", "4.4.1", None, "Connection timed out"),
    "Postfix, success": (POSTFIX_DELIVERED, "delivered", "2.0.0", 250, "queued as 7F"),
    "Postfix, gave up": (POSTFIX_EXPIRED, "failed", "4.4.1", None, "Connection refused"),
    "Postfix, full": (POSTFIX_FULL, "failed", "5.2.2", 552, "Mailbox full"),
    "Postfix, policy": (POSTFIX_POLICY, "failed", "5.7.1", 554, "policy"),
    "Exchange": (EXCHANGE, "failed", "5.1.10", 550, "RecipientNotFound"),
    "Gmail-like": (GMAIL_LIKE, "failed", "5.1.1", 550, "does not exist"),
    "qmail": (QMAIL, "failed", "5.1.1", 550, "no mailbox here by that name"),
    "Exim": (EXIM, "failed", "", 550, "No such user here"),
    "out of office": (AWAY, "auto_reply", "", None, "Auto-Submitted: auto-replied"),
    "out of office, Exchange": (AWAY_OF_OLD, "auto_reply", "", None, "X-Auto-Response-Suppress"),
    "an answer": (ANSWER, "reply", "", None, ""),
    "a complaint": (COMPLAINT, "complaint", "", None, "Feedback-Type: abuse"),
    "a receipt": (READ_THERE, "auto_reply", "", None, "displayed"),
}
