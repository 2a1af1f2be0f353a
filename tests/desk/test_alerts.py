"""An alert reaches adults who get our news and can act in its campaign, once, and nobody else."""

import datetime as dt
from email import message_from_bytes, policy

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEntry
from actions import merging
from actions.alerts import final_check
from actions.alerts.final_check import not_wanted
from actions.erasing.erasure import erase
from actions.mailings import sending
from actions.models import Alert
from campaigns import zones
from campaigns.models import Campaign, Partner
from desk.alerts.sending import ALERTS, count, readers, start_due, write
from desk.models import Segment, SupporterDistrict
from legislators.models import LAYERS
from supporters import consent, suppressions
from supporters.models import Consent, Supporter
from tests import build
from tests.actions.browsing import mailed_link
from tests.desk import rows
from tests.proven import forget
from worker.models import Delivery, Hold
from worker.queued_letter import queued_letters

pytestmark = pytest.mark.django_db
HERE = "/desk/campaigns/playgrounds/alerts/"
WORDS = {"subject": "Write today", "text": "They **vote** tomorrow.", "list": "all"}
BOSS = "boss@example.org"


@pytest.fixture(autouse=True)
def called(monkeypatch):
    """The alerts for which a worker is called, instead of a call over the network."""
    ids = []
    monkeypatch.setattr(
        "worker.queue.call",
        lambda task, rows, **_: ids.extend(rows) if task == ALERTS.job.task else None,
    )
    return ids


@pytest.fixture
def seat():
    return build.seat(district="1")


@pytest.fixture
def letter(seat):
    """A letter to the delegate of district 1, of two that there are."""
    ask = build.ask("letter")
    build.seat(district="2")
    ask.rules.create(seats=[seat.pk])
    return ask


@pytest.fixture
def alert(letter):
    return build.alert(letter.campaign)


def reader(seat, *, news=True, lives_in=None, **fields):
    """Grown, of a mailbox that answered, in the newsletter, and in the district of this seat."""
    person = build.supporter(**fields)
    if news:
        consent.grant(person, Consent.Purpose.NEWSLETTER, "Send me news.")
    for division in [seat.division] if lives_in is None else lives_in:
        SupporterDistrict.objects.create(
            supporter=person,
            layer=LAYERS[seat.chamber],
            division=division,
            method="address",
            certain=True,
            edition="2024",
            found_on=timezone.localdate(),
        )
    return person


def approved(alert):
    count(alert.pk)
    alert.refresh_from_db()
    ALERTS.approve(alert, author=BOSS, zone="America/New_York")
    return alert


def sent(alert):
    """Approved, its half hour over, and written."""
    approved(alert)
    with time_machine.travel(timezone.now() + sending.WAITS + dt.timedelta(seconds=1)):
        start_due()
        write(alert.pk)
    alert.refresh_from_db()
    return alert


def recipients():
    return sorted(Delivery.objects.filter(lane="alerts").values_list("recipient", flat=True))


def kept_back():
    """By recipient, why it does not leave."""
    mails = {row.pk: row.recipient for row in Delivery.objects.filter(lane="alerts")}
    found = not_wanted(queued_letters(Delivery.objects.filter(lane="alerts"), most=100))
    return {mails[pk]: why for pk, why in found.items()}


def test_it_goes_to_adults_with_the_newsletter_whose_seat_is_written_to_and_says_why_to_no_others(
    letter, seat, alert
):
    other = seat.division[:-1] + "2"
    nora = reader(seat)
    reader(seat, email=nora.email, given_name="Nils")
    imported = reader(seat, proven_at=None, imported_at=timezone.now())
    for fields in ({"is_minor": True}, {"age_is_known": False}):
        reader(seat, **fields)
    reader(seat, proven_at=None)
    suppressions.suppress(reader(seat).mailbox, "complained")
    for purpose, of in (("updates", letter.campaign), (partner().purpose, None), ("post", None)):
        consent.grant(reader(seat, news=False), purpose, "Yes.", campaign=of)
    left = reader(seat)
    consent.end(left, Consent.Purpose.NEWSLETTER)
    rows.action(letter, reader(seat))
    reader(seat, lives_in=[other])
    reader(seat, state="MD", lives_in=[])
    split, unknown = reader(seat, lives_in=[seat.division, other]), reader(seat, lives_in=[])
    reader(seat, is_demo=True)

    assert list(readers(alert)) == [nora, Supporter.objects.get(given_name="Nils"), imported]
    count(alert.pk)
    alert.refresh_from_db()
    assert alert.addressed == 2
    assert alert.left_out == {
        **{"age": 2, "mailbox": 2, "consent": 4, "acted": 1},
        **{"unsure": 2, "elsewhere": 2, "shares": 1},
    }
    alert.goes_to_unsure = alert.goes_to_acted = True
    assert {split, unknown} < set(readers(alert))
    assert readers(alert).count() == 6


def partner():
    return Partner.objects.create(slug="library", name="Library")


def test_a_petition_is_for_everybody_and_a_governors_letter_for_their_state(seat):
    here, there = reader(seat, lives_in=[]), reader(seat, state="MD", lives_in=[])
    petition = build.alert(build.ask("petition").campaign)
    assert list(readers(petition)) == [here, there]
    to_governor = build.ask("letter", campaign=build.campaign("ramps"))
    governor = build.seat("governor", division="ocd-division/country:us/state:fk", district="")
    to_governor.rules.create(seats=[governor.pk])
    assert list(readers(build.alert(to_governor.campaign))) == [here]


def test_each_mailbox_gets_one_mail_in_its_language_and_one_click_ends_our_news_and_is_counted(
    client, seat, alert
):
    nora = reader(seat, email="nora@example.org")
    reader(seat, email="nora@example.org", given_name="Nils")
    reader(seat, email="ana@example.org", language="es")
    sent(alert)
    write(alert.pk)

    assert (alert.state, recipients()) == ("posted", ["ana@example.org", "nora@example.org"])
    for row in Delivery.objects.filter(lane="alerts"):
        mail = message_from_bytes(bytes(row.message), policy=policy.default)
        text = mail.get_body(("plain",)).get_content()
        spanish = row.recipient.startswith("ana")
        assert mail["Subject"] == ("Escribe hoy" if spanish else "Write today")
        assert ("Votan **mañana**." if spanish else "They **vote** tomorrow.") in text
        assert f"/act/playgrounds/?source=alert-{alert.pk}" in text
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].strip("<>") in text
        # Nothing is fetched when it is opened.
        assert "<img" not in mail.get_body(("html",)).get_content()
    page = mailed_link("unsubscribe", Delivery.objects.get(recipient="nora@example.org"))
    assert client.get(page).status_code == 200
    assert kept_back() == {}
    for _twice in range(2):
        client.post(page, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://x.test"})
    assert not consent.is_granted(nora, Consent.Purpose.NEWSLETTER)
    assert kept_back() == {"nora@example.org": final_check.UNWANTED}
    assert Alert.objects.get().unsubscribed == 1
    client.post(page, {"undo": "1"})
    assert (kept_back(), Alert.objects.get().unsubscribed) == ({}, 0)


def test_between_its_writing_and_its_leaving_nobody_who_may_not_have_it_any_more_gets_it(
    letter, seat, alert
):
    names = ("nora", "acted", "erased", "merged", "quiet", "grew-young")
    people = {name: reader(seat, email=f"{name}@example.org") for name in names}
    sent(alert)
    rows.action(letter, people["acted"])
    erase(people["erased"], by=BOSS, how="link")
    merging.merge(people["nora"], people["merged"], author=BOSS, reason="One person")
    suppressions.suppress(people["quiet"].mailbox, "asked")
    Supporter.objects.filter(pk=people["grew-young"].pk).update(is_minor=True)

    why = kept_back()
    erased = Delivery.objects.get(key=f"alert:{alert.pk}:{people['erased'].mailbox}")
    assert (erased.state, erased.recipient) == ("cancelled", "")
    assert why.pop("acted@example.org") == final_check.ACTED
    others = {f"{name}@example.org" for name in ("merged", "quiet", "grew-young")}
    assert {one for one in why if one} == others
    assert set(why.values()) == {final_check.UNWANTED}

    Campaign.objects.update(state="paused")
    assert set(kept_back().values()) == {final_check.PAUSED}
    Campaign.objects.update(state="closed")
    assert set(kept_back().values()) == {final_check.ENDED}
    sending.stop(alert, author=BOSS)
    assert len(kept_back()) == len(names)


def test_it_waits_for_its_campaign_to_be_live_and_for_who_left_before_it_was_written(
    letter, seat, alert, called
):
    reader(seat, email="nora@example.org")
    consent.end(late := reader(seat, email="bo@example.org"), Consent.Purpose.POST)
    Campaign.objects.update(state="paused")
    assert approved(alert).addressed == 2
    consent.end(late, Consent.Purpose.NEWSLETTER)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        start_due()
        assert called == []
        Campaign.objects.update(state="live")
        start_due()
        write(alert.pk)
    assert ({*called}, recipients()) == ({(alert.pk,)}, ["nora@example.org"])


@pytest.fixture
def administrator(client, letter):
    client.force_login(build.user("administrator", email="ana@example.org"))
    return client


def deed(client, alert, name, **fields):
    return client.post(f"{HERE}{alert.pk}/{name}/", fields, follow=True).content.decode()


def test_it_is_seen_with_its_number_tried_on_oneself_and_goes_at_a_time_in_a_named_zone(
    administrator, seat
):
    reader(seat, email="bo@example.org", state="FK")
    reader(seat, email="cy@example.org", lives_in=[])
    mine = Segment.objects.create(
        name="Franklin",
        owner=build.user("staff"),
        is_shared=True,
        filters={"groups": [{"match": "all", "conditions": [["state", "FK"]]}]},
    )
    page = administrator.post(f"{HERE}new/", WORDS | {"list": mine.pk}, follow=True)
    alert, shown = Alert.objects.get(), page.content.decode()
    mine.delete()
    assert "They <strong>vote</strong> tomorrow." in shown
    assert "State: Franklin" in shown
    assert "Send to one mailbox" in shown
    assert "Their district is not certain" in shown
    assert not Delivery.objects.exists()

    deed(administrator, alert, "test", language="en")
    tried = Delivery.objects.get()
    assert (tried.recipient, tried.subject) == ("ana@example.org", "TEST: Write today")
    assert b"/unsubscribe/" not in bytes(tried.message)

    when = {"zone": "America/Denver", "counted": page.context["form"]["counted"].value()}
    soon = zones.wall_time(timezone.now() + dt.timedelta(minutes=5), "America/Phoenix")
    refused = administrator.post(
        f"{HERE}{alert.pk}/approve/",
        when | {"zone": "America/Phoenix", "goes_at": soon.isoformat()[:16]},
    )
    assert refused.status_code == 422
    deed(administrator, alert, "count")
    assert "changed or counted anew" in deed(administrator, alert, "approve", **when)
    when["counted"] = Alert.objects.get().counted_at.isoformat()
    day = timezone.now().date() + dt.timedelta(days=3)
    shown = deed(administrator, alert, "approve", **when, goes_at=f"{day}T09:00")
    alert.refresh_from_db()
    assert (alert.state, alert.addressed) == ("waiting", 1)
    assert alert.goes_at == dt.datetime(day.year, day.month, day.day, 16, tzinfo=dt.UTC)
    assert "9:00 a.m. Mountain Time" in shown
    assert (
        "Its words are fixed"
        in administrator.get(f"{HERE}{alert.pk}/words/", follow=True).content.decode()
    )
    assert "nobody got it" in deed(administrator, alert, "call-back")
    assert "The draft is gone." in deed(administrator, alert, "remove")
    deeds = AuditEntry.objects.filter(deed__startswith="alert ").order_by("pk")
    assert list(deeds.values_list("deed", flat=True)) == [
        *("alert approved", "alert called back", "alert removed")
    ]


def test_on_its_way_it_is_paused_goes_on_and_is_stopped_and_says_who_may_not_have_got_it(
    administrator, seat, alert
):
    for name in ("nora", "bo", "cy"):
        reader(seat, email=f"{name}@example.org")
    sent(alert)
    Delivery.objects.filter(recipient="nora@example.org").update(state="uncertain")
    shown = deed(administrator, alert, "pause")
    assert "Paused by ana@example.org" in shown
    assert "Not known whether they got it" in shown
    assert "nora@example.org" in shown
    assert Hold.objects.get().key == f"alert:{alert.pk}"
    assert "Alert: Write today" in administrator.get("/outbox/holds/").content.decode()
    assert not Delivery.objects.not_paused().filter(lane="alerts").exists()
    deed(administrator, alert, "go-on")
    assert "somebody was quicker" in deed(administrator, alert, "go-on")
    deed(administrator, alert, "pause")
    assert "what has not left yet never will" in deed(administrator, alert, "stop")
    assert not Hold.objects.exists()
    assert set(kept_back()) == {"bo@example.org", "cy@example.org", "nora@example.org"}


def test_nobody_mails_many_without_a_second_factor_or_uses_segments_without_seeing_people(
    client, seat, alert
):
    reader(seat)
    Segment.objects.create(name="Secret", owner=build.user("staff"), is_shared=True)
    client.force_login(build.user("organizer"))
    assert "Secret" not in client.get(f"{HERE}new/").content.decode()
    count(alert.pk)
    forget(client)
    client.post(
        f"{HERE}{alert.pk}/approve/",
        {"zone": "America/Denver", "counted": Alert.objects.get().counted_at.isoformat()},
    )
    assert Alert.objects.get().state == "draft"


def test_when_a_campaign_is_over_nobody_is_called_to_it(administrator, seat, alert):
    reader(seat, email="bo@example.org", state="FK")
    Campaign.objects.update(state="won")

    assert f"{HERE}new/" not in administrator.get(HERE).content.decode()
    assert "This campaign is over" in administrator.get(f"{HERE}new/", follow=True).content.decode()
    assert (
        f"{HERE}{alert.pk}/approve/" not in administrator.get(f"{HERE}{alert.pk}/").content.decode()
    )
    assert "This campaign is over" in deed(administrator, alert, "approve")
    alert.refresh_from_db()
    assert alert.is_open
