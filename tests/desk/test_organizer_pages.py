import re

import pytest
from django.test import Client
from django.urls import reverse

from campaigns import petitions
from campaigns.models import Campaign
from tests import build
from worker.models import Delivery, Hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def letter():
    ask = build.ask()
    build.rule(ask, chambers=["state_lower"])
    build.term(build.seat(), build.legislator("Ada Smith", email="ada@legislature.example"))
    return ask


def address(name, *args):
    return reverse(f"desk:{name}", args=args)


def every_page(letter):
    slug, pk = letter.campaign.slug, letter.pk
    return [
        address("campaigns"),
        address("campaign_new"),
        address("issues"),
        address("issue_new"),
        address("issue", "children", "es"),
        address("campaign", slug),
        address("campaign_words", slug, "en"),
        address("campaign_words", slug, "es"),
        address("campaign_settings", slug),
        address("campaign_asks", slug),
        address("ask_words", slug, pk, "en"),
        address("ask_words", slug, pk, "es"),
        address("ask_targets", slug, pk),
        address("ask_letter", slug, pk),
        address("ask_preview", slug, pk),
        address("campaign_numbers", slug),
        *(
            address("campaign_deed", slug, deed)
            for deed in ("launch", "pause", "resume", "close", "win", "archive")
        ),
    ]


def test_every_page_opens_for_an_organizer(organizer, letter):
    assert {path: organizer.get(path).status_code for path in every_page(letter)} == dict.fromkeys(
        every_page(letter), 200
    )


def test_whoever_lacks_the_right_gets_403_and_strangers_are_asked_to_sign_in(client, letter):
    for path in every_page(letter):
        assert client.get(path).status_code == 302, path
    client.force_login(build.user("exporter"))
    for path in every_page(letter):
        assert client.get(path).status_code == 403, path
        assert client.post(path).status_code in (403, 405), path
    letter.campaign.refresh_from_db()
    assert letter.campaign.state == "live"


def test_a_post_without_a_csrf_token_is_refused(letter):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(build.user("organizer"))

    assert strict.post(address("campaign_deed", letter.campaign.slug, "pause")).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/desk/campaigns/no-such-campaign/",
        "/desk/campaigns/no-such-campaign/numbers/",
        "/desk/campaigns/playgrounds/words/xx/",
        "/desk/campaigns/playgrounds/do/explode/",
        "/desk/campaigns/playgrounds/asks/999999/letter/",
    ],
)
def test_an_unknown_object_is_a_404(organizer, letter, path):
    assert organizer.get(path).status_code == 404


def test_an_ask_is_not_reached_through_another_campaign(organizer, letter):
    build.campaign("other")

    assert organizer.get(address("ask_letter", "other", letter.pk)).status_code == 404


def test_an_unknown_merge_field_is_named_and_every_word_is_kept(organizer, letter):
    typed = {
        "letter_subject": "Hello",
        "letter_body": "Dear {frist_name}, a long and careful letter.",
    }
    answer = organizer.post(address("ask_letter", letter.campaign.slug, letter.pk), typed)

    assert answer.status_code == 422
    assert "{frist_name} is not a merge field" in answer.content.decode()
    assert "a long and careful letter" in answer.content.decode()
    letter.refresh_from_db()
    assert "frist" not in letter.letter_body


def test_words_with_an_error_are_all_kept(organizer, letter):
    typed = {
        "title": "",
        "summary": "My summary",
        "story": "My story",
        "share_text": "Share",
        "consent": "Yes",
        "closing_message": "Bye",
    }
    page = organizer.post(
        address("campaign_words", letter.campaign.slug, "en"), typed
    ).content.decode()

    assert all(text in page for text in ("My summary", "My story", "Share", "Bye"))


def test_spanish_words_begin_with_the_starters_and_are_saved_beside_the_english(organizer, letter):
    page = organizer.get(
        address("ask_words", letter.campaign.slug, letter.pk, "es")
    ).content.decode()
    assert "Escribe a tus legisladores" in page
    assert letter.words.count() == 1

    organizer.post(
        address("ask_words", letter.campaign.slug, letter.pk, "es"),
        {"heading": "Escribe", "button": "Enviar", "thanks": ""},
    )
    assert dict(letter.words.values_list("language", "heading")) == {
        "en": "Do this",
        "es": "Escribe",
    }


def test_a_petition_text_edited_in_the_console_is_a_new_version(organizer):
    petition = build.ask("petition")
    petitions.revise(petition, "en", "We ask.")
    typed = {"heading": "Sign", "text": "We urge.", "button": "", "thanks": ""}
    organizer.post(address("ask_words", petition.campaign.slug, petition.pk, "en"), typed)

    assert list(petition.petition_texts.order_by("version").values_list("version", "text")) == [
        (1, "We ask."),
        (2, "We urge."),
    ]


def test_asks_move_by_their_buttons(organizer, letter):
    call = build.ask("call", campaign=letter.campaign)
    organizer.post(address("ask_move", letter.campaign.slug, call.pk), {"way": "up"})

    assert list(letter.campaign.asks.all()) == [call, letter]


def test_counting_shows_the_seats_as_ticked_and_saves_nothing(organizer, letter):
    build.term(build.seat("state_upper"), build.legislator("Cleo Park"), party="Republican")
    path = address("ask_targets", letter.campaign.slug, letter.pk)
    page = organizer.post(path, {"do": "count", "parties": ["Republican"]}).content.decode()
    part = organizer.post(
        path, {"do": "count", "parties": ["Republican"]}, headers={"X-Part": "count"}
    ).content.decode()

    for text in (page, part):
        assert "1 seat as chosen" in text
        assert "Cleo Park" in text
    assert "<html" not in part
    assert letter.rules.get().parties == []


def test_a_second_group_adds_up_and_can_be_taken_away(organizer, letter):
    path = address("ask_targets", letter.campaign.slug, letter.pk)
    organizer.post(path + "?new=1", {"do": "save", "chambers": ["state_upper"]})
    assert letter.rules.count() == 2

    organizer.post(
        address("ask_rule_remove", letter.campaign.slug, letter.pk, letter.rules.last().pk)
    )
    assert [rule.chambers for rule in letter.rules.all()] == [["state_lower"]]


def test_targets_with_nothing_ticked_are_refused(organizer, letter):
    answer = organizer.post(address("ask_targets", letter.campaign.slug, letter.pk), {"do": "save"})

    assert answer.status_code == 422
    assert letter.rules.get().chambers == ["state_lower"]


def test_a_preview_to_a_legislator_by_name_shows_the_merged_letter(organizer, letter):
    page = organizer.post(
        address("ask_preview", letter.campaign.slug, letter.pk), {"name": "smi"}
    ).content.decode()

    assert "Dear Delegate Smith," in page
    assert "Please open the playgrounds, Delegate." in page


def test_a_preview_as_an_address_shows_its_letters_and_says_which_seats_are_not_addressed(
    organizer, letter
):
    division = "ocd-division/country:us/state:fk"
    build.jurisdiction("FK", division=division)
    for chamber, title in (("governor", "Governor"), ("us_senate", "Senator")):
        seat = build.seat(chamber, district="", division=division, title=title)
        build.term(seat, build.legislator(f"{title} Park", email=f"{chamber}@franklin.example"))
    build.rule(letter, chambers=["governor"])
    typed = {"address": "12 Elm Street, Harbor, FK 00001"}
    answer = organizer.post(address("ask_preview", letter.campaign.slug, letter.pk), typed)
    page = answer.content.decode()

    assert "Dear Governor Park," in page
    assert "12 Elm Street" in page.split("Sincerely,")[1]
    assert "This ask does not address this seat." in page
    assert "Dear Senator Park," not in page


def test_a_preview_for_an_address_nobody_could_live_at_keeps_it_and_says_so(organizer, letter):
    answer = organizer.post(
        address("ask_preview", letter.campaign.slug, letter.pk), {"address": "nowhere at all"}
    )

    assert answer.status_code == 422
    assert "nowhere at all" in answer.content.decode()


def test_a_test_goes_to_oneself_only_and_is_a_rehearsal_in_practice_mode(
    organizer, letter, settings
):
    settings.DELIVERY_ENABLED = False
    organizer.post(
        address("ask_test", letter.campaign.slug, letter.pk), {"email": "somebody@else.example"}
    )

    sent = Delivery.objects.get()
    assert (sent.recipient, sent.lane, sent.rehearsal) == ("olga@example.org", "mail", True)
    assert b"ada@legislature.example" not in bytes(sent.message)


def test_a_demo_campaigns_test_stays_a_rehearsal_on_a_delivering_site(organizer, letter, settings):
    settings.DELIVERY_ENABLED, settings.SMTP_URL = True, "smtp://relay.example:25"
    Campaign.objects.update(is_demo=True)
    organizer.post(address("ask_test", letter.campaign.slug, letter.pk))

    assert Delivery.objects.get().rehearsal


def test_pausing_holds_waiting_letters_and_resuming_lets_them_go(organizer, letter):
    slug, key = letter.campaign.slug, f"campaign:{letter.campaign.pk}"
    organizer.post(address("campaign_deed", slug, "pause"))
    assert Hold.objects.filter(scope="campaign", key=key).exists()

    organizer.post(address("campaign_deed", slug, "resume"))
    assert not Hold.objects.exists()
    letter.campaign.refresh_from_db()
    assert letter.campaign.is_open


def test_closing_without_a_message_is_refused_and_keeps_the_note(organizer, letter):
    answer = organizer.post(
        address("campaign_deed", letter.campaign.slug, "close"),
        {"note": "The session ended.", "closing_message": ""},
    )

    assert answer.status_code == 422
    assert "The session ended." in answer.content.decode()
    letter.campaign.refresh_from_db()
    assert letter.campaign.is_open


def test_a_live_campaigns_address_stays(organizer, letter):
    path = address("campaign_settings", letter.campaign.slug)
    typed = organizer.get(path).context["form"].initial | {
        "slug": "elsewhere",
        "successor": "",
        "goal": 500,
    }
    organizer.post(path, typed)

    letter.campaign.refresh_from_db()
    assert (letter.campaign.slug, letter.campaign.goal) == ("playgrounds", 500)


def test_every_control_has_a_label_and_no_page_has_inline_style_or_script(organizer, letter):
    for path in every_page(letter):
        page = organizer.get(path).content.decode()
        assert " style=" not in page, path
        assert not re.search(r"<script(?![^>]* src=)", page), path
        labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
        for control in re.findall(r"<(?:input|select|textarea)\b[^>]*>", page):
            if 'type="hidden"' not in control:
                assert re.search(r'id="([^"]+)"', control)[1] in labelled, (path, control)


def test_an_issue_written_at_the_desk_can_carry_a_campaign_at_once(organizer):
    page = organizer.post(
        address("issue_new"),
        {"name": "Clean water", "summary": "Every tap.", "story": ""},
        follow=True,
    )

    assert ">Clean water</option>" in page.content.decode()


def test_an_issues_spanish_words_stand_beside_the_english(organizer, letter):
    organizer.post(
        address("issue", "children", "es"),
        {"name": "Infancia", "summary": "Cada niño.", "story": ""},
    )

    assert dict(letter.campaign.issue.words.values_list("language", "name")) == {
        "en": "Children",
        "es": "Infancia",
    }


def test_the_first_campaign_of_all_begins_with_its_issue(organizer):
    answer = organizer.get("/desk/campaigns/new/", follow=True)

    assert answer.redirect_chain == [("/desk/issues/new/", 302)]
    assert "belongs to an issue" in answer.content.decode()
    assert (
        organizer.post("/desk/issues/new/", {"name": "Water", "summary": "For all."})["Location"]
        == "/desk/campaigns/new/"
    )
