"""What an SMTP reply says: its code (RFC 5321), and the enhanced status in its words (RFC 3463).

The one home of what a refusal means: for the letter, for its address, and about us. `code` is None
where nobody told one; `answer` is the other side's words.
"""

from __future__ import annotations

import re

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# A number that words or another line follow is a reply's code; others may be part of an address.
CODE_BEFORE_WORDS = re.compile(r"(?<![\d.])([245]\d\d)[ -]")
CODE = re.compile(r"(?<![\d.:])([245]\d\d)(?![\d.])")

SECURITY_OR_POLICY = 7
MAILBOX_FULL = (2, 2)
# Bad mailbox, bad system, bad syntax, moved without a new address, recipient not found.
NO_SUCH_ADDRESS = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10)}
# Servers without enhanced codes say it in words under these.
NO_SUCH_ADDRESS_CODES = {550, 551, 553}
NO_SUCH_ADDRESS_WORDS = re.compile(
    r"no such (user|mailbox|recipient|address|person)"
    r"|(user|mailbox|recipient|address) (is )?(unknown|not found)"
    r"|unknown (user|mailbox|recipient|address|local)"
    r"|no mailbox here"
    r"|(user|mailbox|account|recipient) .{0,60}does ?n[o']t exist"
    r"|invalid (mailbox|recipient)",
    re.IGNORECASE,
)


def enhanced_status(text: str) -> str:
    """The first enhanced status in a text, as "5.1.1"; "" where there is none."""
    found = ENHANCED.search(text)
    return found[0] if found else ""


def reply_code(text: str) -> int | None:
    """The reply's code in a text that quotes one."""
    found = CODE_BEFORE_WORDS.search(text) or CODE.search(text)
    return int(found[1]) if found else None


def is_permanent(code: int, answer: str) -> bool:
    """Whether trying this letter again within the days that we try cannot help.

    A full mailbox (x.2.2, a bare 552) and a policy against us (5.7.z) may be put right meanwhile.
    """
    if code < 500:
        return False
    status = _subject_and_detail(answer)
    if status is None:
        return code != 552
    return status != MAILBOX_FULL and status[0] != SECURITY_OR_POLICY


def is_policy(code: int | None, answer: str) -> bool:
    """Whether they refuse us, rather than this letter: 5.7.z anywhere in it, or a bare 554, which
    is how blocklists speak.
    """
    statuses = ENHANCED.findall(answer)
    if not statuses:
        return code == 554
    return any(
        # 4.7.z is a refusal for now, greylisting as a rule, and says nothing about us.
        int(subject) == SECURITY_OR_POLICY and (code or int(status_class) * 100) >= 500
        for status_class, subject, _detail in statuses
    )


def is_no_such_address(code: int | None, answer: str) -> bool:
    """Whether a server's words are about an address that nobody has.

    A policy, a full mailbox or a message too large says nothing about the address.
    """
    status = _subject_and_detail(answer)
    if status is not None:
        return enhanced_status(answer).startswith("5") and status in NO_SUCH_ADDRESS
    return code in NO_SUCH_ADDRESS_CODES and bool(NO_SUCH_ADDRESS_WORDS.search(answer))


def _subject_and_detail(answer: str) -> tuple[int, int] | None:
    found = ENHANCED.search(answer)
    return (int(found[2]), int(found[3])) if found else None
