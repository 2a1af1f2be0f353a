"""The demonstration goes without a trace, and takes nothing of anybody's own along."""

from accounts.models import User
from actions.confirm import confirm
from actions.models import Action, Alert, Call, Ladder, Letter, Update
from actions.updates.sending import UPDATES
from campaigns.models import (
    Ask,
    Brand,
    Campaign,
    Issue,
    PetitionText,
    Tally,
)
from demo import loading, removing
from legislators import franklin, lookup
from legislators.models import (
    AddressPoint,
    Chamber,
    Contact,
    Edition,
    Jurisdiction,
    Legislator,
    Seat,
    ZipDistrict,
)
from supporters.models import Consent, Supporter
from tests import build
from tests.demo.acting import act, ask
from worker.models import Attempt, Delivery


def test_a_brand_of_ones_own_outlives_it(demo):
    Brand.objects.update(name="Our own", is_demo=False)
    assert not loading.load()
    removing.remove()
    assert Brand.objects.get().name == "Our own"


def test_one_office_takes_paper_and_so_printing_can_be_practised(demo, settings):
    settings.PAPER_BY = "print"
    on = ask("a-lawyer-before-the-questions")
    places = [
        place
        for place in lookup.find(franklin.SAMPLES[0]).places
        if place.seat.chamber == Chamber.US_SENATE
    ]

    letters_to = confirm(act(on, places=places)).letters
    assert sorted(letters_to.values_list("route", flat=True)) == ["assisted", "paper"]
    assert letters_to.get(route="paper").delivery.rehearsal
    removing.remove()
    assert not Ladder.objects.exclude(seat=None).exists()


def test_removing_leaves_nothing_of_it(demo):
    removing.remove()

    marked = (
        Brand,
        Issue,
        Campaign,
        Supporter,
        User,
        Seat,
        Legislator,
        Jurisdiction,
        Edition,
        AddressPoint,
    )
    assert {model.__name__: model.objects.count() for model in marked} == dict.fromkeys(
        [model.__name__ for model in marked], 0
    )
    orphans = (
        Action,
        Letter,
        Call,
        Delivery,
        Attempt,
        Consent,
        Tally,
        Ask,
        PetitionText,
        ZipDistrict,
        Contact,
    )
    assert {model.__name__: model.objects.count() for model in orphans} == dict.fromkeys(
        [model.__name__ for model in orphans], 0
    )
    assert removing.remove() == {}


def test_removing_keeps_a_real_campaign_and_its_action(demo):
    real = build.campaign(
        issue=Issue.objects.get(slug="education"), created_by=User.objects.first()
    )
    petition = build.ask("petition", campaign=real)
    action = confirm(act(petition))

    removing.remove()

    assert Action.objects.get() == action
    assert Supporter.objects.get().email == "nora@example.org"
    assert Issue.objects.get().slug == "education"
    assert not Issue.objects.get().is_demo
    assert Tally.objects.get(ask=petition, state="ME").verified == 1
    kept = [
        key.split(":")[:2] for key in Delivery.objects.order_by("id").values_list("key", flat=True)
    ]
    [submission] = action.submissions.all()
    assert kept == [["confirm", submission.public_id.hex], ["receipt", str(action.pk)]]


def test_somebody_real_loses_what_they_did_in_it_and_keeps_the_rest(demo):
    tried = confirm(act(ask("ratify-the-convention")))
    real = confirm(act(build.ask("petition")))

    removing.remove()

    assert Action.objects.get() == real
    assert Supporter.objects.get() == tried.supporter
    assert not Delivery.objects.filter(key__endswith=f":{tried.pk}").exists()


def test_an_update_that_somebody_tried_goes_with_its_mail(demo):
    update = build.update(Campaign.objects.get(slug="ratify-the-convention"))
    readers = Consent.objects.filter(purpose="updates", campaign=update.campaign)
    assert readers.count() > 3
    readers.filter(pk__in=readers.order_by("pk").values_list("pk")[3:]).delete()
    build.alert(update.campaign)
    UPDATES.approve(update, author="ana@example.org")
    Update.objects.update(state=Update.State.SENDING)
    UPDATES.write(update.pk)
    assert Delivery.objects.filter(lane="updates").exists()

    removing.remove()
    assert not Update.objects.exists()
    assert not Alert.objects.exists()
    assert not Delivery.objects.filter(lane="updates").exists()


def test_somebody_who_only_tried_it_out_goes_with_it(demo):
    act(ask("ratify-the-convention"))
    removing.remove()
    assert not Supporter.objects.exists()


def test_a_subscriber_of_ones_own_stays_but_not_the_permission_given_to_a_made_up_organization(
    demo,
):
    person = confirm(act(ask("ratify-the-convention"))).supporter
    build_consent = {
        "supporter": person,
        "purpose": "newsletter",
        "granted": True,
        "wording": "News, please.",
    }
    Consent.objects.create(
        **build_consent, campaign=Campaign.objects.get(slug="ratify-the-convention")
    )
    own = Consent.objects.create(**build_consent)

    removing.remove()

    assert Supporter.objects.get() == person
    assert Consent.objects.get() == own


def test_a_real_letter_to_a_made_up_office_goes_and_its_action_stays(demo):
    place = next(
        place
        for place in lookup.find(franklin.SAMPLES[0]).places
        if place.seat.chamber == Chamber.STATE_UPPER
    )
    letter_ask = build.ask("letter")
    action = confirm(act(letter_ask, places=[place]))
    assert action.letters.count() == 1

    removing.remove()

    assert Action.objects.get() == action
    assert not Letter.objects.exists()
    assert not Delivery.objects.exclude(lane="mail").exists()
