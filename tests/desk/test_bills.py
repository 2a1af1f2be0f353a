"""Bills at the desk: found, added, changed, noted, sponsored, and put on a campaign."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from campaigns.bills.attaching import attach
from campaigns.models import Bill, BillSponsor, Campaign
from tests import build
from tests.campaigns.bills import bill

pytestmark = pytest.mark.django_db
FACTS = {
    "jurisdiction": "MD",
    "session": "2027",
    "identifier": "HB 9",
    "title": "An Act",
    "stance": "pro",
    "links": "https://mgaleg.example/hb9 The bill",
}


@pytest.fixture
def desk(client):
    client.force_login(build.user("organizer", email="ana@example.org"))
    return client


def page(desk, url):
    return " ".join(desk.get(url).content.decode().split())


def test_a_bill_is_added_for_a_campaign_changed_and_its_letters_follow(desk):
    campaign = build.campaign(state="draft")
    desk.post(f"/desk/bills/new/?campaign={campaign.slug}", FACTS)
    made = Bill.objects.get()
    assert made.links == [{"url": "https://mgaleg.example/hb9", "label": "The bill"}]
    assert Campaign.objects.get().bill == "HB 9"

    desk.post(f"/desk/bills/{made.pk}/edit/", FACTS | {"identifier": "H.B. 9"})
    assert Campaign.objects.get().bill == "H.B. 9"
    deeds = AuditEntry.objects.filter(deed__startswith="bill.").values_list("deed", "actor")
    assert list(deeds.order_by("id")) == [
        ("bill.add", "ana@example.org"),
        ("bill.change", "ana@example.org"),
    ]


def test_the_same_bill_twice_is_refused_with_a_link_to_the_first(desk):
    made = bill("H.B. 9", jurisdiction="MD")
    answer = desk.post("/desk/bills/new/", FACTS)

    assert answer.status_code == 422
    assert f'href="/desk/bills/{made.pk}/"' in answer.content.decode()
    wrong = FACTS | {"links": "javascript:alert(1)", "session": "2028"}
    assert desk.post("/desk/bills/new/", wrong).status_code == 422
    assert Bill.objects.count() == 1


def test_what_a_colleague_saved_meanwhile_is_met(desk):
    build.jurisdiction()
    made = bill(title="Old")
    opened = desk.get(f"/desk/bills/{made.pk}/edit/").context["opened_with"]
    Bill.objects.update(title="Theirs")

    mine = FACTS | {"jurisdiction": "FK", "identifier": "SB 17", "links": "", "title": "Mine"}
    answer = desk.post(f"/desk/bills/{made.pk}/edit/", mine | {"opened_with": opened})
    assert answer.status_code == 409
    assert Bill.objects.get().title == "Theirs"


def test_a_stage_that_goes_back_is_asked_about_first(desk):
    made = bill()
    url = f"/desk/bills/{made.pk}/stage/"
    desk.post(url, {"stage": "law", "happened_on": "2026-03-01"})
    asked = desk.post(url, {"stage": "committee"})
    assert asked.status_code == 409
    assert "Note it all the same" in asked.content.decode()
    made.refresh_from_db()
    assert (made.stage, made.stage_on) == ("law", dt.date(2026, 3, 1))

    desk.post(url, {"stage": "committee", "sure": "yes"})
    made.refresh_from_db()
    assert made.stage == "committee"
    assert desk.post(url, {"stage": "law", "happened_on": "2999-01-01"}).status_code == 422

    line = made.history.get(stage="committee")
    desk.post(f"/desk/bills/{made.pk}/stage/{line.pk}/strike/")
    made.refresh_from_db()
    assert made.stage == "law"


def test_a_sponsor_is_searched_where_the_bill_is_and_doubt_is_settled(desk):
    made = bill()
    ada, bo = build.legislator("Ada Smith"), build.legislator("Bo Smith")
    build.term(build.seat(district="1"), ada)
    build.term(build.seat("state_upper", district="2"), bo)
    build.term(build.seat(state="MD"), build.legislator("Cy Smith"))
    url = f"/desk/bills/{made.pk}/sponsors/"
    found = page(desk, f"{url}?q=smith")
    assert "Ada Smith" in found
    assert "Cy Smith" not in found

    desk.post(url, {"legislator": ada.pk, "role": "sponsor"})
    row = BillSponsor.objects.create(bill=made, name="Smith", role="cosponsor", doubt="Two of them")
    assert "Two of them" in page(desk, url)
    desk.post(url, {"do": "say", "row": row.pk, "legislator": bo.pk})
    assert set(made.sponsors.values_list("legislator", "role", "doubt")) == {
        (ada.pk, "sponsor", ""),
        (bo.pk, "cosponsor", ""),
    }
    desk.post(url, {"do": "remove", "row": row.pk})
    assert made.sponsors.get().legislator == ada


def test_the_list_is_narrowed_and_says_whose_sponsors_are_in_doubt(desk):
    mine = bill("HB 9", stage="law", title="An Act concerning swings")
    attach(build.campaign(), mine)
    other = bill("SB 17", jurisdiction="MD", stance="con")
    BillSponsor.objects.create(bill=other, name="Smith", role="sponsor", doubt="Two of them")
    for query in ("q=h.b.+9", "q=swings", "whose=FK", "stage=law", "stance=pro", "issue=children"):
        shown = page(desk, f"/desk/bills/?{query}")
        assert f"/desk/bills/{mine.pk}/" in shown, query
        assert f"/desk/bills/{other.pk}/" not in shown, query
    assert "1 sponsor in doubt" in page(desk, "/desk/bills/?q=smith")
    assert "No bill is like that" in page(desk, "/desk/bills/?q=zzz")


def test_a_campaign_s_bills_are_put_on_ordered_and_taken_off(desk):
    build.ask(campaign=build.campaign(state="draft"))
    house, senate = bill("HB 9"), bill("SB 17")
    url = "/desk/campaigns/playgrounds/bills/"
    assert "HB 9" in page(desk, f"{url}?q=hb+9")
    for deed, one in (("attach", house), ("attach", senate), ("first", senate), ("detach", house)):
        desk.post(url, {"do": deed, "bill": one.pk})
    assert Campaign.objects.get().bill == "SB 17"
    assert "Letters name this one" in page(desk, url)

    desk.post(f"/desk/bills/{senate.pk}/remove/")
    desk.post(f"/desk/bills/{house.pk}/remove/")
    assert Bill.objects.get() == senate


def test_a_live_letter_that_names_a_bill_keeps_one(desk):
    campaign = build.campaign(bill="SB 17")
    ask = build.ask(campaign=campaign, letter_body="Vote for {bill}.")
    build.seat()
    build.rule(ask, states=["FK"])
    answer = desk.post(
        "/desk/campaigns/playgrounds/bills/",
        {"do": "detach", "bill": campaign.first_bill.pk},
        follow=True,
    )

    assert "people are acting on it now" in answer.content.decode()
    assert Campaign.objects.get().bill == "SB 17"


@pytest.mark.parametrize("url", ["", "new/", "{}/", "{}/edit/", "{}/sponsors/"])
def test_only_those_who_run_campaigns_open_these_pages(client, url):
    made = bill()
    client.force_login(build.user("read-only"))
    assert client.get("/desk/bills/" + url.format(made.pk)).status_code == 403
