"""Permission is what was ticked, in the words that were shown, until it is ended."""

import pytest

from supporters import consent
from supporters.models import Consent, Supporter, Suppression
from supporters.people import mailbox_of
from supporters.suppressions import suppress
from tests import build

pytestmark = pytest.mark.django_db
NEWSLETTER = Consent.Purpose.NEWSLETTER


def test_the_newest_line_holds_and_the_older_ones_stay():
    nora = build.supporter()
    consent.grant(nora, NEWSLETTER, "Send me news.")
    consent.end(nora, NEWSLETTER)
    consent.grant(nora, NEWSLETTER, "Send me all news.")

    assert consent.is_granted(nora, NEWSLETTER)
    assert list(Consent.objects.order_by("id").values_list("granted", "wording")) == [
        (True, "Send me news."),
        (False, ""),
        (True, "Send me all news."),
    ]


def test_only_proven_grown_unsuppressed_people_who_said_yes_are_written_to():
    yes = build.supporter(given_name="Yes")
    for name, fields in {
        "Unproven": {"proven_at": None},
        "Young": {"is_minor": True},
        "Silent": {},
        "Left": {},
        "Suppressed": {},
    }.items():
        person = build.supporter(given_name=name, email=f"{name}@example.org".lower(), **fields)
        if name != "Silent":
            consent.grant(person, NEWSLETTER, "Send me news.")
    consent.grant(yes, NEWSLETTER, "Send me news.")
    consent.end(Supporter.objects.get(given_name="Left"), NEWSLETTER)
    suppress(mailbox_of("suppressed@example.org"), Suppression.Reason.ASKED)

    assert list(consent.allowing(NEWSLETTER)) == [yes]


def test_ending_what_was_never_granted_writes_nothing():
    consent.end(build.supporter(), NEWSLETTER)

    assert not Consent.objects.exists()
