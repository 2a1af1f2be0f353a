"""What protects people on a campaign's form: the question for their age, the mail that asks their
mailbox.

Either is switched off by an administrator only, with a reason, and never while the campaign is
live.
"""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.models import User
from campaigns.models import Campaign

SWITCHES = ("asks_age", "confirms_by_mail")


class IsLive(Exception):
    """Nothing that protects people changes under their hands: pause the campaign first."""


def are_off(campaign: Campaign) -> bool:
    """Whether either is."""
    return not all(getattr(campaign, switch) for switch in SWITCHES)


@transaction.atomic
def change(
    campaign: Campaign, author: User, *, asks_age: bool, confirms_by_mail: bool, reason: str
) -> None:
    """Switch, with the reason in the campaign's history and in the audit log. Raises IsLive.

    Who may is for the caller to know (accounts.User, change_safeguards).
    """
    fresh = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if fresh.is_guarded:
        raise IsLive(campaign.slug)
    wanted = {"asks_age": asks_age, "confirms_by_mail": confirms_by_mail}
    changed = {name: on for name, on in wanted.items() if getattr(fresh, name) != on}
    for name, value in {**wanted, "safeguards_because": reason}.items():
        setattr(campaign, name, value)
    campaign.save(update_fields=[*SWITCHES, "safeguards_because"])

    who = author.get_username()
    said = ", ".join(f"{name} {'on' if on else 'off'}" for name, on in changed.items())
    note = f"{said or 'unchanged'}: {reason}"
    campaign.changes.create(deed="safeguards", author=who, note=note[:300])
    audit.record(who, "campaign.safeguards", campaign.slug, because=reason, **changed)
