"""What an SMTP reply says: its code (RFC 5321), and the enhanced status in its words (RFC 3463).

The one home of what a refusal means: for the letter, for its address, and about us. `code` is None
where nobody told one; `answer` is the other side's words.
"""

from __future__ import annotations

import re

# No part of a network address such as 5.1.1.7.
ENHANCED = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
# A number that words or another line follow is a reply's code; others may be part of an address.
CODE_BEFORE_WORDS = re.compile(r"(?<![\d.])([245]\d\d)[ -]")
CODE = re.compile(r"(?<![\d.:])([245]\d\d)(?![\d.])")

SECURITY_OR_POLICY = 7
MAILBOX_FULL = (2, 2)
# Bad mailbox, bad system, bad syntax, moved without a new address, recipient not found; disabled.
NO_SUCH_ADDRESS = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}
# These say nothing, or something else, until words beside them say that nobody is there.
LEAVES_IT_TO_WORDS = {(1, 0), (1, 350), (1, 351), (2, 0), (3, 0), (4, 1), (4, 4), (5, 0)}
# Servers without enhanced codes say it in words under these.
NO_SUCH_ADDRESS_CODES = {511, 550, 551, 552, 553, 554}
SOMEBODY = r"(user|mailbox|account|recipient|address(ee)?|alias|e-?mail|local[- ]part)"
NO_SUCH_ADDRESS_WORDS = re.compile(
    rf"no such {SOMEBODY}|no such person|(invalid|unknown) (\w+ )?{SOMEBODY}|unknown local"
    rf"|{SOMEBODY}( name)?( is| was)? (unknown|unavailable|invalid|possibly incorrect)"
    rf"|{SOMEBODY}( name)?( is| was)? not (found|known|valid|available|listed|recogni[sz]ed)"
    rf"|{SOMEBODY} .{{0,60}}(does ?n[o']t exist|(is|has been) (disabled|inactive|closed|deleted))"
    rf"|not an? (valid|known) {SOMEBODY}|does ?n[o']t have an? (\S+ )?account"
    rf"|{SOMEBODY}( is)? no longer (valid|active|available|in use)"
    r"|no mailbox (here|by that name)|not our customer|unrouteable address",
    re.IGNORECASE,
)
# What only means that beside its status: Exchange's edge knows no such recipient (5.4.1), a Cisco
# gateway's table of recipients lacks it (5.1.0), the relay found no such domain (5.4.4).
WORDS_WITH_STATUS = {
    (4, 1): re.compile(r"recipient address(es)? rejected ?: ?access denied", re.IGNORECASE),
    (1, 0): re.compile(r"address rejected(?! ?:)", re.IGNORECASE),
    (4, 4): re.compile(r"host (or domain name )?not found", re.IGNORECASE),
}
# Beside any of that: they refuse us or these words, or it is only for now. Then it says nothing
# certain about the address.
SPEAKS_OF_US_OR_OF_NOW = re.compile(
    r"polic(y|ies)|block|(black|deny|grey|gray) ?-?list|banned|reputation|spam|junk|unsolicited"
    r"|phish|spoof|virus|malware|content|prohibit|restrict|authori[sz]|authentic|\b(spf|dkim|rbl)\b"
    r"|dmarc|dnsbl|sender|mail from|invalid dns|relay(ing)? (access )?(denied|not|prohibited)"
    r"|(to|not) relay|not (allowed|permitted)"
    r"|temporar|\blater\b|try again|not now|for now|at a rate|rate limit"
    r"|too (many|much|fast)|throttl|quota|\bfull\b|exce(ed|ss)|storage|insufficient",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\s<>()\[\],;:\"]+")
BRACKETS = str.maketrans('<>()[]"', " " * 7)
HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}\.?", re.IGNORECASE)


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
    if is_no_such_address(code, answer):
        return True
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
        return code == 554 and not is_no_such_address(code, answer)
    return any(
        # 4.7.z is a refusal for now, greylisting as a rule, and says nothing about us.
        int(subject) == SECURITY_OR_POLICY and (code or int(status_class) * 100) >= 500
        for status_class, subject, _detail in statuses
    )


def is_no_such_address(code: int | None, answer: str) -> bool:
    """Whether a server's words are about an address that nobody has.

    Of several statuses, as where Exchange reports what the next server said to it, each has a say.
    A policy, a rate, a full mailbox or a message too large says nothing about the address, and
    wins where it stands beside such words.
    """
    words = without_names(answer)
    said = [
        (status_class, (int(subject), int(detail)))
        for status_class, subject, detail in ENHANCED.findall(answer)
        if status_class != "2"
    ]
    if SPEAKS_OF_US_OR_OF_NOW.search(words) or any(one != "5" for one, _status in said):
        return False
    # x.0.z only wraps another, or says nothing.
    statuses = {status for _class, status in said if status[0] != 0}
    if statuses - NO_SUCH_ADDRESS - LEAVES_IT_TO_WORDS:
        return False
    if statuses & NO_SUCH_ADDRESS:
        return True
    if any(one in statuses and WORDS_WITH_STATUS[one].search(words) for one in WORDS_WITH_STATUS):
        return True
    is_final = bool(said) or code in NO_SUCH_ADDRESS_CODES
    return is_final and bool(NO_SUCH_ADDRESS_WORDS.search(words))


def without_names(answer: str) -> str:
    """Whose address, page or server it is says nothing: <health.policy@senate.example>."""
    plain = WORD.sub(lambda word: "" if is_name(word[0]) else word[0], answer)
    return " ".join(plain.translate(BRACKETS).split())


def is_name(word: str) -> bool:
    return "@" in word or word.startswith("//") or bool(HOST.fullmatch(word))


def _subject_and_detail(answer: str) -> tuple[int, int] | None:
    found = ENHANCED.search(answer)
    return (int(found[2]), int(found[3])) if found else None
