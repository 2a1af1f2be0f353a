"""Who reads what of supporters at the desk: every address, every role, on real rows.

A supporter's mailbox, name and street, the words of a letter and a link by which one could act for
them are planted; then every page is opened by everybody. A new address without a line here fails.
"""

import re
import uuid

import pytest
from django.test import override_settings
from django.urls import resolve, reverse
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.models import Letter, Signatory
from campaigns.models import Brand
from desk.mail.message_view import read_message
from supporters import links
from supporters.people import Entry
from tests import build
from tests.actions.sign_ons import made
from tests.desk.access import HAS, RIGHT, ROUTES
from tests.desk.rows import consent
from tests.proven import forget
from worker.models import Attempt, CaughtMail, Delivery, PrintBatch, PrintItem, State

MAILBOX, NAME, WORDS, SUBJECT, LINK = "mailbox", "name", "words", "subject", "link"
PLANTED = {
    MAILBOX: re.compile("quokka@example"),
    NAME: re.compile("Quillon"),
    WORDS: re.compile("Quetzals nest there"),
    SUBJECT: re.compile("Quaggas first"),
    LINK: links.TOKEN,
}
MAIL = {MAILBOX, LINK}
LETTER = {MAILBOX, NAME, WORDS, SUBJECT}
# What whoever may see supporters reads there. Addresses that are not here show nobody anything.
READS = {
    "supporters": {MAILBOX, NAME},
    "quarantine": {MAILBOX, NAME, WORDS},
    "outbox": {MAILBOX, SUBJECT},
    "message": MAIL | LETTER,
    "deliveries": {MAILBOX, SUBJECT},
    "delivery": {MAILBOX, SUBJECT},
    "uncertain": {MAILBOX, SUBJECT},
    "resend": {SUBJECT},
    "review": {SUBJECT},
    "office": {SUBJECT},
    "print_batch": {SUBJECT},
}


@pytest.fixture(scope="module")
def planted(lasting_rows):
    """Somebody's whole way through the house: mail, letters in every list, a quarantined action.
    What stands in each address's gaps.
    """
    with override_settings(PAPER_BY="print"):
        return plant(acted())


@pytest.fixture
def rows(planted, db, settings):
    settings.PAPER_BY = "print"
    return planted


def acted():
    """A confirmed letter; a petition of the same person is set aside."""
    letter_ask = build.letter_ask()
    Brand.objects.create(name="Children First", postal_address="120 Harbor St, Polk, FK 21401")
    typed = Entry(
        given_name="Quirin",
        family_name="Quillon",
        email="quokka@example.org",
        street="77 Quincunx Ln",
        city="Polk",
        state="FK",
        zip="00001",
    )
    words = {"subject": "Quaggas first", "own_words": "Quetzals nest there.", "entry": typed}
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask, **words)))
    consent(action.supporter, granted=True)
    set_aside = build.ask("petition", campaign=letter_ask.campaign)
    build.petition_text(set_aside)
    take.take_action(set_aside, build.filled_form(set_aside, suspicion="too fast", **words))
    # An organization waits for a decision on a letter whose address has the campaign's name.
    letter = made(letter_ask.campaign.slug)
    Signatory.objects.create(sign_on=letter, state="waiting", organization="Arc Center")
    return action


def plant(action):
    """Its deliveries in every list of the outbox. What stands in each address's gaps."""
    letter = Letter.objects.filter(action=action).exclude(delivery=None).first()
    mail = Delivery.objects.filter(lane="mail").first()
    for delivery in Delivery.objects.exclude(message=b""):
        CaughtMail.objects.create(
            recipient=delivery.recipient,
            subject=delivery.subject,
            message_id=delivery.message_id,
            content=delivery.message,
        )
    Delivery.objects.filter(lane="mail").update(state=State.UNCERTAIN)
    (failed,) = build.posted(subject="Quaggas first")
    batch = PrintBatch.objects.create(rehearsal=True, closed_by="wanda@example.org")
    PrintItem.objects.create(batch=batch, delivery=failed, sequence=1, name="Smith", zip="00001")
    Delivery.objects.filter(pk=failed.pk).update(state=State.FAILED, settled_at=failed.posted_at)
    Attempt.objects.create(delivery=failed, state=State.FAILED, answer="no", at=timezone.now())
    Delivery.objects.filter(pk=letter.delivery_id).update(
        state=State.WAITING, waits_for="review", claim=""
    )
    return {
        "public_id": [mail.public_id, letter.delivery.public_id, failed.public_id],
        "mail_id": list(CaughtMail.objects.values_list("pk", flat=True)),
        "seat_id": [letter.seat_id],
        "number": [batch.pk],
        "slug": [action.ask.campaign.slug],
        "pk": [action.ask_id],
        "ask_id": [action.ask_id],
    }


QUERIES = {
    "deliveries": ["?lane=mail", "?state=held&waits_for=review", "?state=uncertain", "?all"],
    "lane": ["?name=mail", "?name=letters:house.example"],
}


def urls_of(name, rows):
    """Each address of this name, with every row and query that there is for it."""
    kwargs = ROUTES[name]
    ways = [{}]
    for argument, usual in kwargs.items():
        values = rows.get(argument, [usual])
        ways = [way | {argument: value} for way in ways for value in values]
    paths = [reverse(f"desk:{name}", kwargs=way) for way in ways]
    return [*paths, *(path + query for path in paths for query in QUERIES.get(name, []))]


def pages_of(client, name, rows):
    """Those of this address that are shown."""
    answers = [client.get(url) for url in urls_of(name, rows)]
    return [answer.content.decode() for answer in answers if answer.status_code == 200]


def planted_in(pages):
    """What of the supporter is found on them."""
    return {what for what, look in PLANTED.items() if any(look.search(page) for page in pages)}


def leads_to(pages):
    """The names of the desk's addresses to which a link on them leads."""
    links = {link for page in pages for link in re.findall(r'href="(/[^"#?]*)', page)}
    found = {resolve(link) for link in links if link.startswith(("/desk/", "/outbox/"))}
    return {match.url_name for match in found if match.namespace == "desk"}


@pytest.mark.parametrize("role", sorted(role for role, rights in HAS.items() if rights))
def test_each_role_reads_exactly_what_it_may_and_meets_no_link_to_where_it_may_not_go(
    client, rows, role
):
    client.force_login(build.user(role))
    expected = READS if "see_supporters" in HAS[role] else {}

    # What is not open to them is held to in test_who_opens. Pages about campaigns are opened by one
    # of the two roles that have them.
    opened = [
        name
        for name in ROUTES
        if may_open(role, name) and (role == "organizer" or RIGHT[name] != "run_campaigns")
    ]
    pages = {name: pages_of(client, name, rows) for name in opened}
    found = {name: read for name in opened if (read := planted_in(pages[name]))}
    dead_ends = {
        (name, further)
        for name in opened
        for further in leads_to(pages[name])
        if not may_open(role, further)
        # An exporter is somebody of another role as well.
        and not (role == "exporter" and may_open("staff", further))
    }

    assert found == {name: what for name, what in expected.items() if may_open(role, name)}
    assert not dead_ends


@pytest.mark.parametrize("role", ["staff", "administrator"])
def test_before_the_second_factor_nobody_reads_anything_of_supporters(client, rows, role):
    client.force_login(build.user(role))
    forget(client)
    # Every page that shows anything once the factor is given (the test above knows no other).
    found = {name: read for name in READS if (read := planted_in(pages_of(client, name, rows)))}

    assert found == {}


def may_open(role, name):
    return set(RIGHT[name].split()) <= HAS[role]


def test_what_is_planted_is_in_the_rows(rows):
    mails = [read_message(bytes(mail.content)) for mail in CaughtMail.objects.all()]
    texts = [f"{mail.headers} {mail.text}" for mail in mails]

    for what, look in PLANTED.items():
        assert any(look.search(text) for text in texts), what


@pytest.mark.parametrize("role", ["organizer", "officials"])
def test_whoever_may_not_see_supporters_is_refused_their_mail(client, rows, role):
    client.force_login(build.user(role))
    mail = Delivery.objects.filter(lane="mail").first()
    caught = CaughtMail.objects.first()

    assert client.get(reverse("desk:delivery", args=[mail.public_id])).status_code == 403
    assert client.get(reverse("desk:message", args=[caught.pk])).status_code == 403
    assert client.get("/outbox/deliveries/?lane=mail").status_code == 403
    assert client.get("/outbox/lane/?name=mail").status_code == 403
    assert client.get("/outbox/").context["rows"] == []
    assert client.get("/outbox/deliveries/").context["rows"]


def test_the_test_of_one_s_own_letter_is_read_by_whoever_sent_it(client, rows):
    organizer = build.user("organizer", email="oren@example.org")
    own = CaughtMail.objects.create(recipient="Oren@example.org", subject="Test", content=b"\n\nHi")
    client.force_login(organizer)

    assert [mail.pk for mail in client.get("/outbox/").context["rows"]] == [own.pk]
    assert client.get(reverse("desk:message", args=[own.pk])).status_code == 200


def test_links_in_caught_mail_work_in_practice_and_are_blanked_once_mail_leaves(
    client, rows, settings
):
    client.force_login(build.user("administrator"))
    assert LINK in planted_in(pages_of(client, "message", rows))
    settings.DELIVERY_ENABLED = True

    assert planted_in(pages_of(client, "message", rows)) == LETTER


def test_in_practice_a_teller_s_links_work_for_reviewers_and_whoever_they_were_mailed_to(
    client, db
):
    """Whoever opens one acts for them. The others are there to practise with."""
    tokens = {purpose: links.make(purpose, uuid.uuid4()) for purpose in links.LASTS}
    body = "".join(f"https://x.example/a/{token}/\n" for token in tokens.values())
    staff, reviewer = build.user("staff"), build.user("story reviewer", email="rea@example.org")
    mail = CaughtMail.objects.create(
        recipient="Sam@example.org", subject="Yours", content=f"\n{body}".encode()
    )

    def works_for(user):
        client.force_login(user)
        page = client.get(reverse("desk:message", args=[mail.pk])).content.decode()
        return {purpose for purpose, token in tokens.items() if token in page}

    told = {"own", "hero", "hero-confirm", "hero-withdraw"}
    assert works_for(staff) == tokens.keys() - told
    reviewer.groups.add(*staff.groups.all())
    assert works_for(reviewer) == tokens.keys()
    mail.recipient = staff.email.title()
    mail.save()
    assert works_for(staff) == tokens.keys()
    mail.recipient = "nora@example.org"
    mail.save()
    Brand.objects.update(is_demo=True)
    assert works_for(staff) == tokens.keys()


@pytest.mark.parametrize("between", [".", "%2E", "&#46;"])
@pytest.mark.parametrize("purpose", links.LASTS)
def test_every_kind_of_link_is_blanked(purpose, between):
    token = links.make(purpose, uuid.uuid4())

    said = links.blanked(f"https://x.example/a/{token.replace('.', between)}/ and so on")
    assert said == "https://x.example/a/\N{HORIZONTAL ELLIPSIS}/ and so on"
