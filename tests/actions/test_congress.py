"""Letters to Congress: by its own system where an office takes part and its writer gave what it
asks, by the supporter's hand otherwise.
"""

import re
from email import message_from_bytes, policy

import pytest
from django.urls import reverse

from actions import take
from actions.confirm import confirm
from actions.models import Action
from actions.status import items
from legislators.models import Chamber
from tests import build
from tests.actions.browsing import ME, fields, is_taken, mailed_link, press, send
from tests.actions.congress_letters import nora
from tests.congress import field
from worker.channels.cwc import channel
from worker.models import Delivery, State

ACT = "/act/playgrounds/"


def acted(ask, **changes):
    changes = {"entry": nora()} | changes
    return confirm(take.take_action(ask, build.filled_form(ask, **changes)))


def routes(action):
    return {letter.holder_name: letter.route for letter in action.letters.all()}


def documents(action):
    return {
        row.recipient: bytes(row.message)
        for row in Delivery.objects.filter(channel="cwc", sender_key=f"action:{action.public_id}")
    }


def test_each_active_office_gets_a_document_and_the_others_need_their_writer(listed, to_congress):
    action = acted(to_congress)

    assert routes(action) == {"Ada Smith": "cwc", "Bo Diaz": "cwc", "Cy Cole": "assisted"}
    assert set(documents(action)) == {"HMD05", "SMD01"}


def test_the_two_chambers_read_the_same_letter_in_their_own_spelling(listed, to_congress):
    written = documents(acted(to_congress))

    assert [field(written[office], "BillTypeAbbreviation") for office in ("HMD05", "SMD01")] == [
        "hr",
        "H.R.",
    ]
    assert len({field(one, "CampaignId") for one in written.values()}) == 1
    assert len({field(one, "DeliveryId") for one in written.values()}) == 2
    assert {field(one, "ProOrCon") for one in written.values()} == {"Pro"}
    assert {field(one, "LibraryOfCongressTopic") for one in written.values()} == {"Families"}


def test_the_delivery_is_known_by_its_delivery_id(listed, to_congress):
    acted(to_congress)

    for row in Delivery.objects.filter(channel="cwc"):
        assert row.message_id == field(bytes(row.message), "DeliveryId")
        assert re.fullmatch("[A-Za-z0-9]{32}", row.message_id)


def test_untouched_words_are_the_organization_s_and_changed_ones_the_constituent_s(
    listed, to_congress
):
    action = acted(to_congress, statement_edited=False)
    untouched = documents(action)["HMD05"]
    other = acted(
        to_congress,
        entry=nora(email="bo@example.org"),
        statement="Please vote for {bill}, now.",
        statement_edited=True,
    )
    edited = documents(other)["HMD05"]

    assert field(untouched, "OrganizationStatement") == "Please vote for H.R. 233, Member."
    assert field(untouched, "ConstituentMessage") == "My son plays there."
    assert b"<OrganizationStatement>" not in edited
    assert (
        field(edited, "ConstituentMessage")
        == "My son plays there.\n\nPlease vote for H.R. 233, now."
    )


def test_the_text_repeats_neither_greeting_nor_name_nor_address(listed, to_congress):
    written = documents(acted(to_congress))["HMD05"]
    texts = field(written, "OrganizationStatement") + field(written, "ConstituentMessage")

    for word in ("Dear", "Sincerely", "Nora", "Elm St"):
        assert word not in texts


@pytest.mark.parametrize(
    "changes", [{"prefix": ""}, {"prefix": "Mx."}, {"street": ""}, {"city": "Ai"}]
)
def test_a_writer_of_whom_congress_wants_more_sends_it_themselves(listed, to_congress, changes):
    action = acted(to_congress, entry=nora(**changes))

    assert set(routes(action).values()) == {"assisted"}
    assert documents(action) == {}


def test_without_the_chamber_s_settings_congress_needs_the_supporter(listed, to_congress, settings):
    settings.CWC_HOUSE_KEY = settings.CWC_SENATE_KEY = ""
    action = acted(to_congress)

    assert set(routes(action).values()) == {"assisted"}
    assert {item["state_word"] for item in items.letters_of(action)} == {"Needs you"}
    assert listed.house.landed == {}


def test_a_demonstration_never_reaches_congress(listed, to_congress, smtp_sink):
    to_congress.campaign.is_demo = True
    to_congress.campaign.save()
    action = acted(to_congress)

    assert set(Delivery.objects.filter(channel="cwc").values_list("rehearsal", flat=True)) == {True}
    assert set(documents(action)) == {"HMD05", "SMD01"}


def in_words(action, state, **fields):
    Delivery.objects.filter(channel="cwc").update(
        state=state, settled_at=action.created_at, **fields
    )
    by_name = {item["name"]: item for item in items.letters_of(action)}
    return by_name["Ada Smith"]


@pytest.mark.parametrize(
    ("state", "word", "says"),
    [
        (State.WAITING, "Waiting for you", "button"),
        (State.QUEUED, "On its way", "in line"),
        (State.SENT, "Accepted", "House's own message system"),
        (State.UNCERTAIN, "Not sure", "don't send it twice"),
        (State.FAILED, "Not accepted", "House's message system refused it"),
        (State.CANCELLED, "Not sent", "person here stopped it"),
    ],
)
def test_the_status_page_says_what_the_chamber_s_system_did(listed, to_congress, state, word, says):
    item = in_words(acted(to_congress), state)

    assert item["state_word"] == word
    assert says in item["explanation"].replace("’", "'")
    assert "mail server" not in item["explanation"]


def test_a_letter_that_congress_refused_comes_with_its_text_and_another_way(listed, to_congress):
    item = in_words(acted(to_congress), State.FAILED)

    assert "Please vote for H.R. 233" in item["by_hand"].text
    assert (item["by_hand"].form_url, item["by_hand"].phones[0].link) == (
        "https://example.gov/form",
        "+12025550100",
    )


def test_a_confirmed_letter_is_released_to_its_chamber(listed, to_congress):
    action = acted(to_congress)
    action.refresh_from_db()

    assert action.state == Action.State.CONFIRMED
    assert set(Delivery.objects.filter(channel="cwc").values_list("state", flat=True)) == {
        State.QUEUED
    }


class TestTheForm:
    @pytest.fixture(autouse=True)
    def _bowie(self, to_congress):
        build.zip_district("20715", to_congress)

    def step_two(self, client, **address):
        return client.post(
            ACT,
            {"step": "address", "zip": "20715", "street": "", "city": "", "age": "40", **address},
            follow=True,
        )

    def write(self, client, page, **typed):
        me = {
            "given_name": "Nora",
            "family_name": "North",
            "email": "nora@example.org",
            "own_words": "My son plays there.",
        }
        return client.post(ACT, {**fields(page).values, "step": "write", **me, **typed})

    def test_the_prefix_is_asked_and_nothing_is_chosen(self, client, listed):
        page = self.step_two(client)

        assert 'name="prefix"' in page.content.decode()
        assert fields(page).values.get("prefix", "") == ""
        again = self.write(client, page, street="1 Elm St", city="Bowie")
        assert again.status_code == 422
        assert list(again.context["form"].errors) == ["prefix"]

    def test_street_and_city_are_asked_beside_the_name_when_a_zip_code_was_enough(
        self, client, listed
    ):
        page = self.write(client, self.step_two(client), prefix="Ms.")

        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"street", "city"}
        assert page.content.decode().count('name="street"') == 1

    def test_a_city_that_is_too_short_is_told_beside_its_field(self, client, listed):
        page = self.write(client, self.step_two(client), prefix="Ms.", street="1 Elm St", city="Ai")

        assert set(page.context["form"].errors) == {"city"}

    def test_own_words_too_short_for_congress_are_told_beside_their_field(self, client, listed):
        page = self.write(
            client,
            self.step_two(client),
            prefix="Ms.",
            street="1 Elm St",
            city="Bowie",
            own_words="Yes!",
        )

        assert set(page.context["form"].errors) == {"own_words"}

    @pytest.mark.usefixtures("no_hurry")
    def test_with_all_of_it_the_letter_goes(self, client, listed):
        done = self.write(
            client, self.step_two(client), prefix="Dr.", street="1 Elm St", city="Bowie"
        )

        assert is_taken(done)
        press(client, mailed_link("confirm"))
        assert field(documents(Action.objects.get())["HMD05"], "Prefix") == "Dr."
        assert field(documents(Action.objects.get())["HMD05"], "Address1") == "1 Elm St"

    def test_without_a_way_to_congress_nobody_is_asked_for_a_prefix(self, client, db):
        page = self.step_two(client)

        assert 'name="prefix"' not in page.content.decode()
        assert is_taken(self.write(client, page))


@pytest.fixture
def unconfigured(to_congress, settings):
    """As it is out of the box: no agreement with either chamber."""
    settings.DELIVERY_ENABLED = True
    return to_congress


@pytest.mark.usefixtures("no_hurry", "smtp_sink")
def test_unconfigured_every_page_and_mail_says_that_congress_needs_the_writer_and_nothing_is_sent(
    client, unconfigured, monkeypatch
):
    def dialled(*_args):
        raise AssertionError("Somebody dialled a chamber")

    monkeypatch.setattr(channel, "exchange", dialled)
    build.zip_district("20715", seat=unconfigured_seat(unconfigured))
    page = send(client, client.get(ACT), step="address", zip="20715", age="34")
    # Three offices, and the line under which they are folded.
    assert page.content.decode().count("Needs you") == 4

    assert "3 letters need you" in send(client, page, step="write", **ME).content.decode()

    confirmed = press(client, mailed_link("confirm")).content.decode()
    assert "3 letters need you" in confirmed
    assert "on its way" not in confirmed

    receipt = message_from_bytes(
        bytes(Delivery.objects.get(key__startswith="receipt:").message), policy=policy.default
    )
    assert (
        receipt.get_body(("plain",))
        .get_content()
        .count("Needs you. This office takes no letters from us.")
        == 3
    )

    page = client.get(mailed_link("letters")).content.decode()
    assert page.count('data-shape="you">Needs you') == 3
    assert page.count("Accepted") == page.count("On its way") == 0

    client.force_login(build.user("organizer"))
    address = reverse("desk:ask_preview", args=[unconfigured.campaign.slug, unconfigured.pk])
    assert "needs the supporter" in client.get(address).content.decode().lower()
    assert not Delivery.objects.exclude(lane="mail").exists()


def unconfigured_seat(ask):
    return next(place.seat for place in build.places(ask) if place.seat.chamber == Chamber.US_HOUSE)
