"""Nothing is for a purpose outside the closed list, and nobody is in one without their word."""

import itertools

import pytest

from actions import take
from actions.confirm import confirm
from campaigns.models import Partner
from supporters import consent, purposes
from supporters.models import Consent, Suppression
from supporters.people import learn_details
from tests import build
from tests.desk import rows

pytestmark = pytest.mark.django_db
AGES = {"grown": {}, "young": {"is_minor": True}, "unknown": {"age_is_known": False}}


def test_nobody_is_in_a_purpose_without_its_consent_their_age_and_their_mailbox():
    """Every purpose by every consent that somebody may have given, by every age."""
    campaign, other = build.campaign("ramps"), build.campaign("swings")
    for each in (campaign, other):
        build.ask("petition", campaign=each)
    for name in ("Library", "Choir"):
        Partner.objects.create(slug=name.lower(), name=name)
    wanted = list(purposes.closed_list())
    given = [
        ("", None),
        *((name, None) for name in Consent.Purpose.values if name != "updates"),
        *(("updates", each) for each in (campaign, other)),
        *((each.purpose, None) for each in Partner.objects.all()),
    ]
    people = {}
    for (allows, of), age, proven in itertools.product(given, AGES, (True, False)):
        person = rows.person(
            newsletter=None, **AGES[age], **({} if proven else {"proven_at": None})
        )
        if allows:
            consent.grant(person, allows, "Yes.", campaign=of)
        people[person.pk] = (allows, of and of.pk, age, proven)
    took_back = rows.person(newsletter=False)
    silent = rows.person()
    Suppression.objects.create(mailbox=silent.mailbox, reason="asked")

    assert len(wanted) == 6 + 2 + 2 + 2
    for purpose in wanted:
        found = {people.get(pk) for pk in purpose.people().values_list("pk", flat=True)}
        needs = (purpose.consent, purpose.campaign)
        if purpose.consent:
            # Where and when a consent of no campaign was given does not matter to it.
            assert found == {(*needs, "grown", True)}, purpose.key
        else:
            assert {who[2:] for who in found if who} == {("grown", True)}, purpose.key
    newsletter = purposes.purpose("newsletter").people()
    assert not newsletter.filter(pk__in=[took_back.pk, silent.pk]).exists()


def test_a_purpose_has_its_own_columns_and_no_others():
    build.ask("petition", campaign=build.campaign("ramps"))
    listed = {each.key.partition("-")[0]: each for each in purposes.closed_list()}

    assert set(listed["petition"].columns) == {
        *("given_name", "family_name", "city", "state", "zip", "text_version", "signed_on")
    }
    reach = {key for key, each in listed.items() if {"email", "street", "phone"} & {*each.columns}}
    assert reach == {"newsletter", "post", "updates", "legal"}
    assert listed["post"].allowed(["zip", "email", "street", "zip"]) == ["zip", "street"]
    assert all(set(each.usual) <= set(each.columns) for each in listed.values())


@pytest.mark.parametrize("key", ["", "marketing", "partner-1", "updates-", "petition-9" * 9])
def test_what_is_not_on_the_list_is_no_purpose(key):
    with pytest.raises(purposes.UnknownPurpose):
        purposes.purpose(key)


def test_who_signs_where_no_age_was_asked_counts_and_is_in_no_purpose():
    ask = build.ask("petition", campaign=build.campaign("ramps", asks_age=False))
    taken = take.take_action(ask, build.filled_form(ask, newsletter_wording="Send me news."))
    action = confirm(taken)

    assert action.state == "confirmed"
    assert not any(each.people().exists() for each in purposes.closed_list())
    # Asked on another form, it is known from then on.
    learn_details(action.supporter, {}, age_was_asked=True)
    learn_details(action.supporter, {}, age_was_asked=False)
    assert list(purposes.purpose("newsletter").people()) == [action.supporter]
