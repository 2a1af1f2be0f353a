"""The mail domains that most people have, and the slips of the keyboard beside them: gmial.com."""

from __future__ import annotations

# Where half of all people have their mailbox: that somebody has theirs there says nothing of them.
COMMON = (
    *("gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "live.com"),
    *("msn.com", "me.com", "comcast.net", "att.net", "verizon.net", "sbcglobal.net"),
    *("bellsouth.net", "charter.net", "cox.net", "protonmail.com", "proton.me", "googlemail.com"),
    *("gmx.com", "mac.com", "rocketmail.com"),
)
# One letter beside a common one, and where people do have mail.
ALSO_REAL = {
    *("mail.com", "ymail.com", "email.com", "gmx.net", "gmx.de", "live.co", "hotmail.co"),
    *("outlook.cm", "pm.me", "aim.com", "mail.me", "usmail.com"),
}
# A shorter name lies one letter beside too many others: of those only the ending is looked at.
SHORTEST_NAME = 5
ENDINGS = {"com": {"con", "cmo", "cpm", "vom", "xom", "comm", "ccom", "om", "cm", "co", "cim"}}


def meant(email: str) -> str:
    """The address that was probably meant; "" for one that looks right.

    Only a question to whoever typed it: nobody's mailbox is refused for its domain.
    """
    mailbox, _, domain = email.rpartition("@")
    domain = domain.lower()
    if domain in COMMON or domain in ALSO_REAL:
        return ""
    near = next((known for known in COMMON if is_slip(domain, known)), "")
    return f"{mailbox}@{near}" if near else ""


def is_slip(typed: str, known: str) -> bool:
    """One letter too many, one too few, one wrong, or two that changed places."""
    name, _, ending = known.partition(".")
    if len(name) < SHORTEST_NAME:
        wrong_name, _, wrong_ending = typed.partition(".")
        return wrong_name == name and wrong_ending in ENDINGS.get(ending, ())
    if abs(len(typed) - len(known)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), None)
    if start is None:  # one goes on where the other ends
        return len(typed) != len(known)
    rest, wanted = typed[start:], known[start:]
    if len(typed) == len(known):
        swapped = rest[1::-1] + rest[2:]
        return wanted in (swapped, wanted[0] + rest[1:])
    return rest[1:] == wanted or rest == wanted[1:]
