"""People who act in the made-up states, from words/heroes.toml: three that are public, and one who
waits to be read.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import override

from actions.heroes.forms import wording
from actions.models import Hero
from campaigns.models import Campaign, Issue
from demo.publish import LANGUAGES, days_ago, read
from supporters import consent
from supporters.models import Consent, Supporter
from supporters.people import key_of, mailbox_of

# How long somebody here took to read it.
READ_AFTER = dt.timedelta(days=2)


def heroes() -> None:
    """After the issues and campaigns that they are about, and after the crowd."""
    issues = {issue.slug: issue for issue in Issue.objects.filter(is_demo=True)}
    campaigns = {row.slug: row for row in Campaign.objects.filter(is_demo=True)}
    for row in read("heroes")["heroes"]:
        at, languages = days_ago(row["days"]), [code for code in LANGUAGES if code in row]
        with override(languages[0]):
            said = wording()
        person = somebody(row, languages[0], at)
        line = consent.grant(
            person, Consent.Purpose.HERO, said, language=languages[0], channel="hero"
        )
        # Their rows wrote down today.
        Consent.objects.filter(pk=line.pk).update(at=at - READ_AFTER)
        Supporter.objects.filter(pk=person.pk).update(created_at=at - READ_AFTER)
        is_read = "thanks" in row[languages[0]]
        hero = Hero.objects.create(
            supporter=person,
            **{name: row[name] for name in ("given_name", "family_name", "named", "place")},
            language=languages[0],
            wording=said,
            sent_at=at - READ_AFTER,
            confirmed_at=at - READ_AFTER,
            accepted_at=at if is_read else None,
            publish_at=at if is_read else None,
            issue=issues.get(row.get("issue", "")),
            campaign=campaigns.get(row.get("campaign", "")),
            state=row.get("state", ""),
            is_demo=True,
        )
        for language in languages:
            hero.words.create(language=language, **row[language])


def somebody(row: dict[str, Any], language: str, at: dt.datetime) -> Supporter:
    """Of a mailbox that reaches nobody (RFC 2606)."""
    names = (row["given_name"], row["family_name"])
    email = f"{names[1].lower()}@example.org"
    return Supporter.objects.create(
        key=key_of(email, *names),
        mailbox=mailbox_of(email),
        email=email,
        given_name=names[0],
        family_name=names[1],
        language=language,
        proven_at=at - READ_AFTER,
        is_demo=True,
    )
