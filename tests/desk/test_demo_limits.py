"""A demonstration account, which anybody opens with a click, changes nothing real; and whoever
removes the demonstration is told what those accounts left.
"""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts import audit
from actions import take
from actions.models import Ladder
from campaigns.models import Campaign
from desk.demo_limits import ABOUT, ONLY_READS
from legislators.models import Contact, Seat
from tests import build
from tests.desk.access import ROUTES
from worker.models import Hold

pytestmark = pytest.mark.django_db
# What is about everything, or makes something new: theirs only while nothing real is here.
ABOUT_EVERYTHING = {
    "brand",
    "campaign_new",
    "custom_office_new",
    "custom_office_table",
    "export_approve",
    "export_new",
    "segment_keep",
    "holders_agreeing",
    "import",
    "import_deed",
    "imports",
    "invitation_end",
    "issue_new",
    "bill_import",
    "bill_new",
    "ladder",
    "lane_pace",
    "lane_try",
    "onward_hosts",
    "onward_host_end",
    "ours_download",
    "ours_take",
    "partner",
    "partner_new",
    "personal_links",
    "person_invite",
    "print_close",
    "publication_new",
    "sign_on_new",
    "figure_new",
    "stories_take",
    "story_new",
    "quarantine_counted",
    "quarantine_many",
    "resend_send",
    "resend_stop",
    "supporter_tag",
    "supporter_tags",
    "supporter_waiting",
    "suppressed_lift",
    "trends",
    "verdict_stop",
    "verdict_undo",
}


# Pages without a form that changes anything: they show the same to a POST as to a GET.
READING_PAGES = {
    "alerts",
    "updates",
    "home",
    "people",
    "audit_log",
    "segments",
    "supporters",
    "supporters_count",
    "suppressed",
    "exports",
    "export",
    "export_file",
    "ours_file",
    "petitions",
    "petition",
    "quarantine",
    "alarms",
    "rosters",
    "turnover",
    "approvals",
    "custom_offices",
    "holders",
    "printing",
    "print_batch",
    "message",
    "deliveries",
    "delivery",
    "resend",
    "lane",
    "uncertain",
    "ladders",
    "holds",
    "issues",
    "bills",
    "bill",
    "campaigns",
    "campaign",
    "campaign_numbers",
    "review",
    "addresses",
    "seat",
    "office",
}


@pytest.fixture
def senator():
    """A real office, whose holder has an address."""
    seat = build.seat()
    build.term(seat, build.legislator("Ada Smith", email="ada@senate.example"))
    return seat


@pytest.fixture
def made_up():
    """An office of the demonstration."""
    seat = build.seat(state="MD", district="2", is_demo=True)
    build.term(seat, build.legislator("Bo Diaz", email="bo@demo.example", is_demo=True))
    return seat


def account(client, role="administrator", **fields):
    client.force_login(build.user(role, email="demo@demo.example", is_demo=True, **fields))
    return client


def new_address(client, seat):
    typed = {"address": "attacker@example.net", "reason": "They told me so."}
    return client.post(reverse("desk:address_correct", args=[seat.pk]), typed).status_code


def test_every_form_of_the_desk_has_a_rule_for_demonstration_accounts(client):
    """A new one has to be thought about: ABOUT says of what it is, or it is about everything."""
    client.force_login(build.user("administrator"))
    takes = {
        name
        for name, kwargs in ROUTES.items()
        if name not in READING_PAGES
        and client.post(reverse(f"desk:{name}", kwargs=kwargs)).status_code != 405
    }

    ruled = set(ABOUT) | ABOUT_EVERYTHING | ONLY_READS
    assert ruled <= set(ROUTES)
    assert takes <= ruled


def test_a_senator_s_address_is_not_theirs_to_change(client, senator, made_up):
    browser = account(client)

    assert new_address(browser, senator) == 403
    assert new_address(browser, made_up) == 302
    assert not Contact.objects.filter(
        value="attacker@example.net", legislator__is_demo=False
    ).exists()


@pytest.mark.parametrize("name", sorted(ROUTES.keys() - ONLY_READS - READING_PAGES))
def test_nothing_is_changed_beside_a_real_office_but_the_demonstration(client, senator, name):
    answer = account(client).post(reverse(f"desk:{name}", kwargs=ROUTES[name]), {"reason": "Why"})

    assert answer.status_code in (403, 405)


def test_as_long_as_nothing_real_is_here_they_try_everything(client, made_up):
    browser = account(client)
    place = {"what": "everything|", "reason": "To try it."}

    assert browser.post(reverse("desk:hold_place"), place).status_code == 302
    assert Hold.objects.get().author == "demo@demo.example"
    campaign = build.campaign(created_by=build.user(is_demo=True, email="oren@demo.example"))
    url = reverse("desk:campaign_settings", args=[campaign.slug])
    assert browser.post(url, {"goal": "x"}).status_code == 422


def test_beside_real_ones_a_made_up_campaign_is_still_theirs(client, senator):
    ours = build.campaign(slug="ours", is_demo=True)
    theirs = build.campaign(slug="theirs")
    browser = account(client)
    statuses = [
        browser.post(reverse("desk:campaign_settings", args=[slug]), {"goal": "x"}).status_code
        for slug in (ours.slug, theirs.slug)
    ]

    assert statuses == [422, 403]


def test_what_was_set_aside_is_theirs_to_judge_in_a_made_up_campaign_only(client, senator):
    statuses = []
    browser = account(client)
    for slug, is_demo in (("ours", True), ("theirs", False)):
        asked = build.ask("petition", campaign=build.campaign(slug=slug, is_demo=is_demo))
        build.petition_text(asked)
        kept = take.take_action(asked, build.filled_form(asked, suspicion="too fast"))
        url = reverse("desk:quarantine_refuse", args=[kept.public_id])
        statuses.append(browser.post(url, {"reason": "A machine."}).status_code)

    assert statuses == [302, 403]


@pytest.mark.parametrize(
    "typed",
    [
        {"office": "seat:{real}"},
        {"what": "everything|"},
        {"what": "lane|mail"},
        {"what": "campaign|seat:{ours}"},
        {"what": "office|seat:{real}", "key": "seat:{ours}"},
        {"scope": "office", "key": "seat:{real}", "office": "seat:{ours}"},
        {"scope": "lane", "key": "seat:{ours}"},
    ],
)
def test_no_form_is_filled_in_so_that_it_only_seems_to_be_about_the_demonstration(
    client, senator, made_up, typed
):
    Hold.objects.create(scope="office", key=f"seat:{senator.pk}", reason="x", author="sam")
    Hold.objects.create(scope="lane", key=f"seat:{made_up.pk}", reason="x", author="sam")
    filled = {name: value.format(real=senator.pk, ours=made_up.pk) for name, value in typed.items()}
    before = set(Hold.objects.values_list("pk", flat=True))
    browser = account(client)
    for name in ("hold_lift", "hold_place"):
        browser.post(reverse(f"desk:{name}"), filled | {"reason": "Why not"})

    real = Hold.objects.exclude(scope="office", key=f"seat:{made_up.pk}")
    assert set(real.values_list("pk", flat=True)) == before


def test_the_administration_is_not_theirs_to_change_whatever_rights_they_were_given(client):
    browser = account(client, is_staff=True, is_superuser=True)
    typed = {"email": "mine@example.org", "password1": build.PASSWORD, "password2": build.PASSWORD}

    assert browser.post("/admin/accounts/user/add/", typed).status_code == 403
    assert browser.post("/login/demo/", {"email": "demo@demo.example"}).status_code == 302
    assert browser.post("/logout/").status_code == 302


def test_an_account_of_one_s_own_is_not_limited(client, senator):
    client.force_login(build.user("administrator"))

    assert new_address(client, senator) == 302


def test_removing_the_demonstration_tells_what_its_accounts_left(senator, capsys):
    demo = build.user("administrator", email="adira@demo.example", is_demo=True)
    mine = build.user("administrator", email="ana@example.org")
    build.campaign(slug="a-real-one", created_by=demo)
    build.campaign(slug="made-up", is_demo=True, created_by=demo)
    build.campaign(slug="not-theirs", created_by=mine)
    Hold.objects.create(scope="everything", reason="x", author=demo.email)
    Ladder.objects.filter(chamber="us_senate").update(changed_by=demo.email)
    Contact.objects.create(
        legislator=senator.terms.get().legislator,
        kind="email",
        value="attacker@example.net",
        typed_by=demo.email,
        source=build.source(),
        approved_by="",
    )
    audit.record(demo.email, "lane's pace set", "letters:house.example 1/1")
    call_command("remove_demo")

    said = capsys.readouterr().out
    for left in ("campaign", "a-real-one", "hold", "everything", "ladder", "contact"):
        assert left in said.lower()
    assert "lane's pace set (1)" in said
    assert "not-theirs" not in said
    assert not Campaign.objects.filter(slug="made-up").exists()
    assert said.count("adira@demo.example") == 4


def test_removing_a_demonstration_that_touched_nothing_says_no_such_thing(capsys):
    build.user("administrator", email="adira@demo.example", is_demo=True)
    build.seat(is_demo=True)
    call_command("remove_demo")

    assert "real now" not in capsys.readouterr().out
    assert not Seat.objects.exists()
