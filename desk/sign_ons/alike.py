"""Which signatures may be of one organization, and whether a mailbox fits it. Hints for whoever
decides: nothing is dropped or refused by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from actions.models import Signatory
from supporters.mail_domains import COMMON

# Where many organizations have a page each: two of them are not one for that.
SHARED_SITES = (
    *("facebook.com", "instagram.com", "linkedin.com", "x.com", "twitter.com", "linktr.ee"),
    *("sites.google.com", "wordpress.com", "wixsite.com", "squarespace.com", "medium.com"),
)


def others_like(rows: Iterable[Signatory]) -> dict[int, list[tuple[Signatory, str]]]:
    """By the row's key those of its letter that may be the same organization, and why. One query
    for rows of one letter.
    """
    rows = list(rows)
    letters = {row.sign_on_id for row in rows}
    standing = Signatory.objects.signed().filter(sign_on__in=letters).in_order()
    by_mark: dict[tuple[int, str, str], list[Signatory]] = defaultdict(list)
    for other in standing:
        for mark in marks_of(other):
            by_mark[(other.sign_on_id, *mark)].append(other)
    found: dict[int, list[tuple[Signatory, str]]] = {}
    for row in rows:
        why = {"name": _("the same name"), "site": _("the same website")}
        alike = {
            other.pk: (other, why[kind])
            # The name last, so that it is what is said of one that has both.
            for kind, value in reversed(marks_of(row))
            for other in by_mark[row.sign_on_id, kind, value]
            if other.pk != row.pk
        }
        found[row.pk] = list(alike.values())
    return found


def marks_of(row: Signatory) -> list[tuple[str, str]]:
    """What it has in common with another of the same organization."""
    marks = [("name", row.plain_name)]
    if row.site_domain and not is_shared(row.site_domain):
        marks.append(("site", row.site_domain))
    return marks


def is_shared(domain: str) -> bool:
    return any(domain == shared or domain.endswith(f".{shared}") for shared in SHARED_SITES)


def mailbox_hint(row: Signatory) -> str:
    """What its mailbox says of the organization; "" where there is nothing to say."""
    domain = row.email.rpartition("@")[2].lower()
    if not domain:
        return ""
    if domain in COMMON:
        return _("a mailbox that anybody can have (%(domain)s)") % {"domain": domain}
    if not row.site_domain:
        return ""
    # mail.arc.example is at arc.example; notarc.example is not.
    ours, theirs = f".{domain}", f".{row.site_domain}"
    if ours.endswith(theirs) or theirs.endswith(ours):
        return _("the mailbox is at the organization’s own website")
    hosts = {"domain": domain, "site": row.site_domain}
    return _("the mailbox is at %(domain)s, the website at %(site)s") % hosts
