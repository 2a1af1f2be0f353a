"""One sensible object each, everything else by keyword. Names and places are made up."""

import datetime as dt
import itertools
import uuid

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from actions.models import Alert, Update
from actions.take import FilledForm
from campaigns import petitions, targeting
from campaigns.bills.attaching import attach, find_or_add
from campaigns.models import (
    Ask,
    AskWords,
    Campaign,
    CampaignWords,
    Issue,
    IssueWords,
    Schedule,
    TargetRule,
)
from legislators.by_hand import contacts
from legislators.lookup import Place
from legislators.models import (
    Chamber,
    Contact,
    Edition,
    Jurisdiction,
    Legislator,
    Seat,
    Source,
    Term,
    ZipDistrict,
)
from supporters.models import Supporter
from supporters.people import Entry, key_of, mailbox_of
from worker.channels.email import compose, message_id
from worker.models import Delivery
from worker.outbox import Envelope, post
from worker.queued_letter import QueuedLetter

number = itertools.count(1)
PASSWORD = "a long enough password"


def user(*roles, **fields):
    fields = {"email": f"worker{next(number)}@example.org", "name": "Wanda Worker"} | fields
    made = User.objects.create_user(password=PASSWORD, **fields)
    made.groups.add(*Group.objects.filter(name__in=roles))
    return made


def issue(slug="children", **fields):
    made = Issue.objects.create(slug=slug, **fields)
    IssueWords.objects.create(issue=made, name="Children", summary="Every child.", story="Because.")
    return made


def campaign(slug="playgrounds", **fields):
    """A live campaign with English words, by way of a sender."""
    bill, stance = fields.pop("bill", ""), fields.pop("stance", "")
    home = fields.pop("issue", None) or Issue.objects.filter(slug="children").first() or issue()
    made = Campaign.objects.create(
        slug=slug, issue=home, **{"state": "live", "sender_name": "Children First", **fields}
    )
    CampaignWords.objects.create(
        campaign=made,
        title="Open the playgrounds",
        summary="They are closed.",
        story="Long story.",
        consent="Send me news.",
    )
    if bill:
        attach(made, find_or_add(bill, stance=stance))
    return made


def ask(kind="letter", **fields):
    jurisdiction()  # whose ZIP codes, 00001 and on, everybody types here
    parent = fields.pop("campaign", None) or campaign()
    fields = {"position": parent.asks.count() + 1} | fields
    if kind == "letter":
        fields = {
            "letter_subject": "Playgrounds in {district}",
            "letter_body": "Please open the playgrounds, {title}.",
        } | fields
    made = Ask.objects.create(campaign=parent, kind=kind, **fields)
    AskWords.objects.create(
        ask=made,
        heading="Do this",
        text="Hello, I am calling about playgrounds." if kind == "call" else "",
    )
    return made


def rule(ask, *, states=(), chambers=(), parties=()):
    return TargetRule.objects.create(
        ask=ask, states=list(states), chambers=list(chambers), parties=list(parties)
    )


def jurisdiction(code="FK", **fields):
    defaults = {
        "name": {"FK": "Franklin", "MD": "Maryland"}.get(code, code),
        "division": f"ocd-division/country:us/state:{code.lower()}",
    }
    # Not get_or_create, which sets two savepoints: most tests have asked for it before.
    found = Jurisdiction.objects.filter(code=code).first()
    return found or Jurisdiction.objects.create(code=code, **(defaults | fields))


def seat(chamber=Chamber.STATE_LOWER, *, state="FK", district="1", **fields):
    division = f"ocd-division/country:us/state:{state.lower()}/{chamber}:{district.lower()}"
    defaults = {"division": division, "district": district, "title": "Delegate"}
    if "jurisdiction" not in fields:
        defaults["jurisdiction"] = jurisdiction(state)
    return Seat.objects.create(chamber=chamber, **(defaults | fields))


def source(**fields):
    key = fields.pop("key", "made-up-roster")
    defaults = {"name": "A made-up roster", "as_of": dt.date.today()} | fields
    return Source.objects.filter(key=key).first() or Source.objects.create(key=key, **defaults)


def legislator(name="Ada Smith", *, email="", phone="", form="", said_by=None, **fields):
    given, _, family = name.rpartition(" ")
    defaults = {"key": f"made-up/{next(number)}", "given_name": given, "family_name": family}
    made = Legislator.objects.create(name=name, **(defaults | fields))
    ways = {"email": email, "phone": phone, "form": form}
    if any(ways.values()):
        said = said_by or source()
        Contact.objects.bulk_create(
            Contact(legislator=made, kind=kind, value=value, source=said)
            for kind, value in ways.items()
            if value
        )
    return made


def approved_contact(legislator_, kind, value, *, author="sam@example.org"):
    """Typed in by one person here, and approved by another."""
    contact = contacts.type_in(legislator_, kind, value, author=author)
    return contact if contact.is_usable else contacts.approve(contact.pk, by="ana")


def term(seat, legislator_=None, *, party="Democratic", **fields):
    holder = legislator_ or legislator()
    if "source" not in fields:
        fields["source"] = source()
    fields = {"as_of": dt.date.today()} | fields
    return Term.objects.create(seat=seat, legislator=holder, party=party, **fields)


def letter_ask():
    """A live letter to the two delegates of a two-member district; one takes e-mail, the other does
    not.
    """
    made = ask(
        "letter",
        letter_subject="Playgrounds in {district}",
        letter_body="Please open the playgrounds, {title} {legislator}.",
    )
    # Looked up once: a thousand tests begin with this.
    here, said = jurisdiction(), source()
    ways = {"phone": "+15550100100", "form": "https://franklin.example/bo", "said_by": said}
    for position, (name, email) in enumerate(
        [("Ada Smith", "ada.smith@house.franklin.example"), ("Bo Diaz", "")], start=1
    ):
        delegate = seat(district="7", position=position, jurisdiction=here)
        term(delegate, legislator(name, email=email, **ways), source=said)
    rule(made, states=["FK"], chambers=["state_lower"])
    return made


def supporter(**fields):
    """Nora, grown, with a mailbox that has answered."""
    typed = {
        "given_name": "Nora",
        "family_name": "Álvarez",
        "email": f"nora{next(number)}@example.org",
        "state": "FK",
        "zip": "00001",
    } | fields
    keys = {
        "key": key_of(typed["email"], typed["given_name"], typed["family_name"]),
        "mailbox": mailbox_of(typed["email"]),
    }
    return Supporter.objects.create(**{**keys, "proven_at": timezone.now(), **typed})


def envelope(**fields):
    """A letter to an office, complete and ready to be posted."""
    n = next(number)
    fields = {
        "key": f"letter/{n:06}",
        "lane": "letters:house.example",
        "recipient": f"seat{n}@house.example",
    } | fields
    fields = {
        "subject": "Open the playgrounds",
        "message_id": message_id("letter", fields["key"]),
    } | fields
    words = {name: fields[name] for name in ("message_id", "subject")}
    message = compose(
        **words,
        sender=("Nora North (via Children First)", "letters@mail.example.org"),
        recipient=("Delegate Smith", fields["recipient"]),
        reply_to=("Nora North", "nora@example.org"),
        text="Dear Delegate Smith,\n\nPlease open the playgrounds.\n\nNora North\n",
    )
    return Envelope(**({"message": message} | fields))


def posted(count=1, **fields):
    return post(envelope(**fields) for _ in range(count))


def queued_letter(**fields):
    """A letter as the engine and its channels work with it, of no row."""
    usual = {
        "pk": 1,
        "channel": "email",
        "recipient": "smith@house.example",
        "message": b"",
        "rehearsal": True,
        "lane": "letters:house.example",
        "attempts_made": 0,
        "sender_key": "",
        "recipient_key": "seat:1",
        "public_id": uuid.UUID(int=0),
        "life_left": dt.timedelta(hours=72),
    }
    return QueuedLetter(**(usual | fields))


def petition_text(ask, text="We ask for this.", language="en"):
    return petitions.revise(ask, language, text)


def entry(**fields):
    """What Nora typed."""
    typed = {
        "given_name": "Nora",
        "family_name": "Álvarez",
        "email": "nora@example.org",
        "street": "1 Elm St",
        "city": "Polk",
    }
    return Entry(**{**typed, "state": "FK", "zip": "00001", **fields})


def places(ask):
    """Every seat the ask addresses, each with whoever holds it now, as lookup would give them for
    one certain address.
    """
    seats = targeting.seats(ask).select_related("jurisdiction").order_by("position")
    return [
        Place(seat, holder_of(seat), "held", True, "zip", 0, "2024", "Your ZIP lies there.")
        for seat in seats
    ]


def holder_of(seat):
    return (
        Term.objects.filter(seat=seat, ended_on=None)
        .select_related("legislator")
        .prefetch_related("legislator__contacts")
        .first()
    )


def filled_form(ask, **fields):
    """What Nora sends, as the forms give it. `entry` fields go in `entry=build.entry(...)`."""
    made = {"key": uuid.uuid4(), "entry": entry(), "places": places(ask)}
    if ask.kind == "letter":
        made |= {
            "subject": ask.letter_subject,
            "statement": ask.letter_body,
            "own_words": "My son plays there.",
        }
    return FilledForm(**{**made, **fields})


def zip_district(zip5, ask=None, *, seat=None):
    """The ZIP lies in the district of this seat, or of the ask's first one, on this year's map."""
    seat = seat or targeting.seats(ask).select_related("jurisdiction").first()
    defaults = {
        "valid_from": dt.date(2020, 1, 1),
        "source": "made up",
        "is_active": True,
        "states": [seat.jurisdiction_id],
    }
    edition, _ = Edition.objects.get_or_create(
        layer=seat.layer, name=f"2024 {seat.jurisdiction_id}", defaults=defaults
    )
    return ZipDistrict.objects.create(
        zip=zip5, edition=edition, state=seat.jurisdiction_id, division=seat.division
    )


def delivery_states():
    """Of all there are."""
    return sorted(Delivery.objects.values_list("state", flat=True))


def update(of_campaign, **fields):
    """News of a campaign, in both languages, not approved yet."""
    made = Update.objects.create(campaign=of_campaign, author="ana@example.org", **fields)
    made.words.create(language="en", subject="We won", text="The playgrounds open.")
    made.words.create(language="es", subject="Ganamos", text="Los parques abren.")
    return made


def alert(of_campaign, **fields):
    """A call to act, in both languages, not counted and not approved yet."""
    made = Alert.objects.create(campaign=of_campaign, author="ana@example.org", **fields)
    made.words.create(language="en", subject="Write today", text="They **vote** tomorrow.")
    made.words.create(language="es", subject="Escribe hoy", text="Votan **mañana**.")
    return made


def schedule(campaign, **fields):
    """Of a draft: it opened a minute ago, if beat had come round."""
    minute = dt.timedelta(minutes=1)
    defaults = {"zone": "America/New_York", "author": "ana@example.org"}
    if not fields.keys() & {"opens_at", "closes_at"}:
        defaults["opens_at"] = timezone.now() - minute
    return Schedule.objects.create(campaign=campaign, **(defaults | fields))
