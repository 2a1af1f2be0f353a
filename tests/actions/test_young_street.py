"""From 13 to 17: where somebody lives is used to find their offices and leaves on no letter,
whichever way it goes (docs/safety.md F3).
"""

from email import message_from_bytes, policy

import pytest

from actions import retention
from actions.confirm import confirm, finished_letters
from actions.letters.envelopes import SEALS
from actions.models import Ladder, Route, Submission
from actions.status import items
from actions.status.own_print import letter_as_pdf
from actions.take import take_action
from campaigns.models import Brand
from legislators.models import Chamber, Contact
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import ACT, ME, send
from tests.paper import text as printed
from worker.channels.cwc import offices
from worker.models import Delivery
from worker.paper import batch_pdf, batches

STREET = "47 Hollow Lantern Rd"
OFFICE = "Room 156, Lowe House Office Building 6 Bladen St., Annapolis, MD 21401"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


@pytest.fixture
def ask(congress, settings, db):
    """One member of Congress who can be reached in every way there is."""
    settings.PAPER_BY = "print"
    Brand.objects.create(name="Children First", postal_address="120 Harbor St, Annapolis, MD 21401")
    made = build.ask(campaign=build.campaign(bill="H.R. 233", stance="pro", topic="Families"))
    build.rule(made, chambers=[Chamber.US_HOUSE])
    seat = build.seat(
        Chamber.US_HOUSE,
        state="MD",
        district="5",
        division="ocd-division/country:us/state:md/cd:5",
        title="Representative",
    )
    ada = build.legislator(
        email="ada@house.example", phone="+12025550100", form="https://house.example/form"
    )
    build.term(seat, ada)
    Contact.objects.create(
        legislator=ada, kind="address", value=OFFICE, office="capitol", source=build.source()
    )
    build.zip_district("20715", made)
    offices.refresh()
    return made


def wrote(ask, *, is_minor, email="nora@example.org"):
    entry = build.entry(
        email=email, prefix="Ms.", street=STREET, city="Bowie", state="MD", zip="20715",
        is_minor=is_minor,
    )  # fmt: skip
    return confirm(take_action(ask, build.filled_form(ask, entry=entry)))


def everything_written(action):
    """All that was sealed for anybody, their own mail too, and what their page holds, by where."""
    written = {"page": repr(items.letters_of(action)), "own print": ""}
    for delivery in Delivery.objects.all():
        where = "receipt" if delivery.lane == "mail" else delivery.channel
        written[where] = written.get(where, "") + sealed_words(delivery)
    if "paper" in written:
        batch = batches.close(author="wanda@example.org", rehearsal=False)
        batch_pdf.make(batch.pk)
        batch.refresh_from_db()
        pdf = b"".join(batch_pdf.content(batch))
        written["batch"] = "".join(printed(pdf, page) for page in range(batch.pages))
    for letter in action.letters.all():
        pdf = letter_as_pdf(action, seat_id=letter.seat_id)
        written["own print"] += printed(pdf) if pdf else ""
    return written


def sealed_words(delivery):
    """Every part of a mail decoded, and who it is to; the document or the printed letter else."""
    message = bytes(delivery.message)
    if delivery.channel != "email":
        return message.decode()
    mail = message_from_bytes(message, policy=policy.default)
    parts = (part.get_content() for part in mail.walk() if not part.is_multipart())
    return "\n".join([*map(str, mail.values()), *parts])


# Where each route's letter is read: ours as they leave, the others on their writer's page.
READ = {
    Route.CWC: ["cwc"],
    Route.EMAIL: ["email"],
    Route.PAPER: ["paper", "batch"],
    Route.ASSISTED: ["page", "own print"],
    Route.CALL: ["page", "own print"],
}


@pytest.mark.parametrize("route", READ)
def test_no_letter_of_a_young_person_names_their_street_whichever_way_it_goes(ask, route):
    Ladder.objects.update(routes=[route])
    young = wrote(ask, is_minor=True)

    for where, words in everything_written(young).items():
        assert "Hollow" not in words, where
    assert not Submission.objects.filter(entry__icontains="Hollow").exists()
    assert not Supporter.objects.exclude(street="").exists()


@pytest.mark.parametrize("route", READ)
def test_of_a_grown_writer_the_same_readers_find_it(ask, route):
    Ladder.objects.update(routes=[route])
    written = everything_written(wrote(ask, is_minor=False))

    for where in READ[route]:
        assert "Hollow" in written[where], where


def test_those_are_all_the_routes_there_are():
    assert set(READ) == set(Route) - {Route.NONE}
    assert set(SEALS) <= set(READ)


def test_congress_that_insists_on_a_street_is_a_young_person_s_to_bring(ask):
    Ladder.objects.update(routes=["cwc", "assisted"])
    [item] = items.letters_of(wrote(ask, is_minor=True))

    assert (item["route"], item["state_word"]) == ("assisted", "Needs you")
    assert "send nobody’s who is under 18" in item["explanation"]
    assert "street" not in {field.name for field in item["by_hand"].fields}
    assert not Delivery.objects.filter(channel="cwc").exists()


def test_who_said_once_that_they_are_young_is_so_on_every_later_form(ask):
    Ladder.objects.update(routes=["email"])
    build.supporter(**{**ME, "is_minor": True})
    later = wrote(ask, is_minor=False)

    assert "Hollow" not in everything_written(later)["email"]


def test_the_form_asks_a_young_person_for_nothing_that_congress_wants_and_says_why(client, ask):
    Ladder.objects.update(routes=["cwc", "assisted"])
    page = send(client, client.get(ACT), step="address", zip="20715", age="15")
    html = page.content.decode()
    assert not {"street", "city", "prefix"} & set(page.context["form"].fields)
    assert "we send nobody’s who is under 18" in html
    assert "Your street stays out of it" in html

    assert send(client, page, step="write", **ME).status_code in (200, 303)
    shown = finished_letters(Submission.objects.get())
    assert [(one.route, one.keeps_street) for one in shown] == [("assisted", True)]


def test_a_lookup_that_is_still_to_come_keeps_the_street_until_then(ask):
    form = build.filled_form(
        ask, needs_lookup=True, entry=build.entry(street=STREET, is_minor=True)
    )
    kept = take_action(ask, form)

    assert kept.entry["street"] == STREET
    assert confirm(kept).supporter.street == ""


def test_a_street_that_was_kept_before_is_forgotten_at_night(db):
    young = build.supporter(is_minor=True, street=STREET)
    grown = build.supporter(street=STREET)
    retention.forget_unconfirmed()

    young.refresh_from_db()
    grown.refresh_from_db()
    assert (young.street, grown.street) == ("", STREET)
