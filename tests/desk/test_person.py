"""A supporter's page: everything in one place, little of the young, and each look written down."""

import time

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from actions import corrected_here, take
from actions.confirm import confirm
from actions.models import Action, SameKey, Submission
from campaigns.models import Partner
from supporters import consent
from supporters.looks import who_looked
from supporters.mail import is_suppressed
from supporters.models import Consent, Merge, Note, Supporter, Suppression, Tag, Tagged
from tests import build
from tests.desk import overview

pytestmark = pytest.mark.django_db
FIND = "/desk/supporters/find/"
HOSTILE = '<script>alert(1)</script>\r\nBcc: x@example.org =HYPERLINK("x")'


@pytest.fixture
def staff(client):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def page_of(person):
    return f"/desk/supporters/{person.public_id}/"


def act(ask, **entry):
    """Somebody wrote to two delegates, and their mailbox confirmed it."""
    news = {"newsletter_wording": "News, please."}
    form = build.filled_form(ask, entry=build.entry(**entry), own_words="My own words.", **news)
    return confirm(take.take_action(ask, form))


def test_what_was_looked_for_stands_nowhere_and_who_was_found_by_id(staff):
    person = build.supporter(phone="+14105550123")
    answer = staff.post(FIND, {"name": "Nora Álv", "phone": "410 555 0123", "zip": "00001"})

    assert person.name in answer.content.decode()
    assert answer.request["QUERY_STRING"] == ""
    line = AuditEntry.objects.get()
    assert (line.deed, line.subject) == ("supporters searched", "supporters")
    assert line.detail == {"by": ["name", "phone", "zip"], "found": [person.pk]}
    for nothing in ({}, {"name": "  "}, {"email": "nora"}, {"phone": "no number"}):
        assert staff.post(FIND, nothing).status_code == 422
    assert staff.post(FIND, {"zip": "00001", "after": "9-x"}).status_code == 200


def test_a_page_holds_what_somebody_did_and_allowed_and_says_who_looked(staff, letter_ask):
    action = act(letter_ask)
    person = action.supporter
    partner = Partner.objects.create(name="Parks for All", slug="parks")
    consent.grant(person, partner.purpose, "Tell Parks for All.")
    page = staff.get(page_of(person)).content.decode()
    staff.get(page_of(person))

    assert "Open the playgrounds" in page
    assert "Ada Smith" in page
    assert "My own words." in page
    assert "News, please." in page
    assert ">Parks for All<" in page
    [look] = who_looked(person)
    assert (look.actor, look.deed) == ("sam@example.org", "supporter seen")
    assert person.email not in f"{look.subject} {look.detail}"


def test_what_somebody_asks_for_on_the_telephone_is_done_for_them(staff, letter_ask):
    action = act(letter_ask)
    person = action.supporter
    staff.post(f"{page_of(person)}actions/{action.pk}/withdraw/")
    staff.post(f"{page_of(person)}suppress/", {"came": "telephone"})

    action.refresh_from_db()
    assert action.state == Action.State.WITHDRAWN
    assert is_suppressed(person.mailbox)
    assert staff.post(f"{page_of(person)}lift/", {"reason": "They called."}).status_code == 404
    Suppression.objects.update(reason="bounced")
    assert staff.post(f"{page_of(person)}lift/", {"reason": ""}).status_code == 422
    staff.post(f"{page_of(person)}lift/", {"reason": "They called."})
    assert not is_suppressed(person.mailbox)
    stranger = build.supporter()
    answer = staff.post(f"{page_of(stranger)}actions/{action.pk}/withdraw/")
    assert answer.status_code == 404


def test_notes_are_signed_plain_text_and_tags_come_from_the_list(staff):
    person = build.supporter()
    staff.post("/desk/supporters/tags/", {"name": "Speaks at hearings"})
    assert staff.post("/desk/supporters/tags/", {"name": "speaks AT hearings"}).status_code == 422
    tag = Tag.objects.get()
    staff.post(f"{page_of(person)}tags/", {"tags": [tag.pk]})
    staff.post(f"{page_of(person)}notes/", {"text": HOSTILE})
    page = staff.get(page_of(person)).content.decode()

    assert Tagged.objects.get().author == "sam@example.org"
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    note = Note.objects.get()
    assert (note.author, note.supporter) == ("sam@example.org", person)
    assert "HYPERLINK" not in str(AuditEntry.objects.values_list("detail", "subject"))
    assert staff.post(f"{page_of(build.supporter())}notes/{note.pk}/strike/").status_code == 404
    staff.post(f"{page_of(person)}notes/{note.pk}/strike/")
    staff.post(f"/desk/supporters/tags/{tag.pk}/", {"remove": "yes"})
    assert not Note.objects.exists()
    assert not Tagged.objects.exists()


def test_of_somebody_under_18_there_is_less_and_nothing_is_written_down(staff):
    young = build.supporter(is_minor=True, street="1 Main Street", phone="+14105550123")
    Consent.objects.create(supporter=young, purpose="newsletter", granted=True, wording="Old.")
    page = staff.get(page_of(young)).content.decode()

    assert "under 18" in page
    for hidden in ("1 Main Street", "+14105550123", "Old.", "/notes/", "/tags/"):
        assert hidden not in page.replace("/desk/supporters/tags/", "")
    assert staff.post(f"{page_of(young)}notes/", {"text": "Shy."}).status_code == 404
    assert staff.post(f"{page_of(young)}tags/", {"tags": []}).status_code == 404
    assert staff.post(FIND, {"name": "Nora"}).context["people"] == []
    assert list(staff.post(FIND, {"email": young.email}).context["people"]) == [young]


def test_a_record_that_went_into_another_leads_there_and_is_in_no_list(staff):
    kept = build.supporter()
    gone = build.supporter(merged_into=kept)

    assert staff.get(page_of(gone)).headers["Location"] == page_of(kept)
    assert gone not in Supporter.objects.grown()


def test_what_is_corrected_is_audited_by_the_names_of_fields(staff):
    person, other = build.supporter(email="nora@example.org"), build.supporter(given_name="Olga")
    page = f"{page_of(person)}correct/"
    known = {name: getattr(person, name) for name in corrected_here.CORRECTED} | {"came": "post"}
    typed = known | {"given_name": "Norah", "zip": "00002", "why": "Her own spelling."}
    assert staff.post(page, typed | {"zip": "2"}).status_code == 422
    assert staff.post(page, typed).headers["Location"] == page_of(person)

    person.refresh_from_db()
    assert (person.given_name, person.zip) == ("Norah", "00002")
    line = AuditEntry.objects.get(deed="supporter corrected")
    assert line.detail == {"fields": ["given_name", "zip"], "came": "post"}
    assert Note.objects.get().text == "Her own spelling."
    met = staff.post(page, typed | {"given_name": "Olga", "email": other.email})
    assert met.status_code == 422
    assert f"{page_of(person)}merge/?with={other.public_id}" in met.content.decode()


def test_two_records_are_merged_and_parted_again(staff):
    person, other = build.supporter(), build.supporter(given_name="Norah")
    page = f"{page_of(person)}merge/"
    young = build.supporter(is_minor=True)
    assert other in staff.post(page, {"email": other.email}).context["others"]
    assert staff.get(f"{page}?with={young.public_id}").status_code == 404
    assert staff.get(f"{page}?with=nobody").status_code == 404
    both = f"{page}?with={other.public_id}"
    assert staff.post(both, {"stays": other.public_id, "reason": ""}).status_code == 422
    answer = staff.post(both, {"stays": other.public_id, "reason": "She called."})

    assert answer.headers["Location"] == page_of(other)
    made = Merge.objects.get()
    assert (made.kept, made.gone) == (other, person)
    assert "She called." in staff.get(page_of(other)).content.decode()
    assert "She called." not in str(AuditEntry.objects.values_list("detail"))
    staff.post(f"/desk/supporters/merges/{made.pk}/undo/")
    assert staff.get(page_of(person)).status_code == 200


def test_whoever_asks_by_post_is_deleted_once_it_is_sure_that_it_is_them(staff, letter_ask):
    person = act(letter_ask).supporter
    page = f"{page_of(person)}delete/"
    shown = staff.get(page).content.decode()
    assert "1 action, as nobody" in shown
    assert staff.post(page, {"came": "post", "how": "link", "is_sure": "on"}).status_code == 422
    assert staff.post(page, {"came": "post", "how": "post"}).status_code == 422
    session = staff.session
    session["proved_at"] = 0
    session.save()
    stale = staff.post(page, {"came": "post", "how": "post", "is_sure": "on"})
    assert stale.status_code == 302
    assert Supporter.objects.exists()
    session["proved_at"] = time.time()
    session.save()
    staff.post(page, {"came": "post", "how": "post", "is_sure": "on"})

    assert not Supporter.objects.exists()
    assert Action.objects.counted().get().supporter is None
    assert AuditEntry.objects.get(deed="deletion asked for").detail == {"came": "post"}
    assert staff.get(page_of(person)).status_code == 404


def test_what_waits_for_a_mailbox_is_deleted_on_request_and_no_supporter_with_it(staff, letter_ask):
    supporter = act(letter_ask).supporter
    for name in ("Nora", "Norbert"):
        entry = build.entry(given_name=name)
        take.take_action(letter_ask, build.filled_form(letter_ask, entry=entry, own_words="Again."))
    found = staff.post(FIND, {"email": "nora@example.org"})
    assert found.context["waiting"] == 1
    page = f"{FIND}waiting/"
    assert "nora@example.org" in staff.post(page, {"email": "nora@example.org"}).content.decode()
    typed = {"email": "nora@example.org", "came": "mail", "how": "mailbox"}
    assert staff.post(page, typed).status_code == 422
    staff.post(page, typed | {"is_sure": "on"})

    assert Supporter.objects.get() == supporter
    assert [row.name for row in Submission.objects.open()] == ["Nora Álvarez"]
    assert AuditEntry.objects.filter(deed="person erased").count() == 1


def test_people_here_say_whether_two_records_are_one_person(staff):
    person, other, young = build.supporter(), build.supporter(), build.supporter(is_minor=True)
    for one in (other, young):
        SameKey.objects.create(supporter=person, other=one, deed="name", asked_at=timezone.now())
    page = staff.get("/desk/supporters/pairs/")

    [pair] = page.context["rows"]
    assert pair.other == other
    assert overview.waiting_for(staff)["desk:supporter_pairs"] == ["1"]
    staff.post(f"/desk/supporters/pairs/{pair.pk}/")
    assert "desk:supporter_pairs" not in overview.waiting_for(staff)
