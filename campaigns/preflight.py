"""What stands between a draft and its launch."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict, cast

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import bills, letters, targeting
from campaigns.models import Ask, Campaign, CampaignWords
from legislators.congress import CHAMBERS as CONGRESS
from legislators.models import STALE_AFTER, Contact, Term

ROSTER_TOO_OLD = dt.timedelta(days=365)
# What starter words leave for the organizer to write; a Markdown link is none.
TO_FILL_IN = re.compile(r"\[[^\]\n]{3,}\](?![(\[])")


@dataclass(frozen=True)
class Finding:
    """One line of the list.

    Not ok and blocking refuses the launch; the page that mends it is named with its arguments.
    """

    ok: bool
    blocking: bool
    label: str
    fix_url_name: str = ""
    fix_args: tuple[object, ...] = ()


def preflight(campaign: Campaign) -> list[Finding]:
    """Everything checked, good news included, in the order in which an organizer works."""
    findings = [*check_campaign(campaign)]
    for ask in campaign.asks.all():
        findings += check_ask(ask)
    return findings


def check_campaign(campaign: Campaign) -> Iterator[Finding]:
    """What belongs to no single ask: words, consent, sender, confirmation."""
    english = campaign.words.filter(language="en").first()
    words_page = ("desk:campaign_words", (campaign.slug, "en"))
    settings_page = ("desk:campaign_settings", (campaign.slug,))
    yield must(
        has_story(english),
        _("Title, summary and story are written"),
        _("Title, summary or story is missing"),
        *words_page,
    )
    yield must(
        bool(english and english.consent),
        _("The newsletter box has its consent wording"),
        _("The newsletter box has no consent wording"),
        *words_page,
    )
    for words in campaign.words.all():
        text = "\n".join([words.title, words.summary, words.story, words.share_text, words.consent])
        yield from must_be_filled_in(
            _("The story"), text, "desk:campaign_words", (campaign.slug, words.language)
        )
    yield must(
        bool(campaign.sender_name),
        _("Letters and mail come by way of %(name)s") % {"name": campaign.sender_name},
        _("No sender name: say who letters and mail come by way of"),
        *settings_page,
    )
    yield should(
        campaign.confirms_by_mail,
        _("Every supporter confirms by mail before anything leaves"),
        _("Confirmation by mail is off: anybody can act in anybody's name"),
        *settings_page,
    )
    yield should(
        has_story(campaign.words.filter(language="es").first()),
        _("There are Spanish words"),
        _("No Spanish words yet: Spanish pages show the English ones"),
        "desk:campaign_words",
        (campaign.slug, "es"),
    )
    yield must(
        campaign.asks.exists(),
        _("It asks for something"),
        _("It asks for nothing yet"),
        "desk:campaign_asks",
        (campaign.slug,),
    )


def must_be_filled_in(
    what: str, text: str, fix_url_name: str, fix_args: tuple[object, ...]
) -> Iterator[Finding]:
    """Says something only when starter words are left."""
    if left := TO_FILL_IN.findall(text):
        label = _("%(what)s: still to fill in: %(left)s") % {"what": what, "left": left[0]}
        yield Finding(False, True, label, fix_url_name, fix_args)


def has_story(words: CampaignWords | None) -> bool:
    """Title, summary and story are all there."""
    return bool(words and words.title and words.summary and words.story)


def check_ask(ask: Ask) -> Iterator[Finding]:
    """The checks of its kind."""
    yield from check_words(ask)
    if ask.kind == Ask.Kind.PETITION:
        yield from check_petition(ask)
    if ask.kind == Ask.Kind.CALL:
        yield from check_script(ask)
    if ask.kind == Ask.Kind.LETTER:
        yield from check_letter(ask)
    if ask.has_targets:
        yield from check_targets(ask)


def check_words(ask: Ask) -> Iterator[Finding]:
    """A heading in English, and no starter words left in any language."""
    page = ("desk:ask_words", (ask.campaign.slug, ask.pk, "en"))
    words = ask.words.filter(language="en").first()
    yield must(
        bool(words and words.heading),
        named(ask, _("has its heading")),
        named(ask, _("has no heading")),
        *page,
    )
    for row in ask.words.all():
        text = "\n".join([row.heading, row.text, row.button, row.thanks])
        yield from must_be_filled_in(
            named(ask, _("its words")),
            text,
            "desk:ask_words",
            (ask.campaign.slug, ask.pk, row.language),
        )


def check_petition(ask: Ask) -> Iterator[Finding]:
    """A text to sign, without starter words."""
    texts = {text.language: text.text for text in ask.petition_texts.order_by("version")}
    page = ("desk:ask_words", (ask.campaign.slug, ask.pk, "en"))
    yield must(
        bool(texts.get("en")),
        named(ask, _("has its text")),
        named(ask, _("has no text to sign")),
        *page,
    )
    for language, text in texts.items():
        yield from must_be_filled_in(
            named(ask, _("its text")), text, "desk:ask_words", (ask.campaign.slug, ask.pk, language)
        )


def check_script(ask: Ask) -> Iterator[Finding]:
    """A script, whose fields a caller can hear filled."""
    words = ask.words.filter(language="en").first()
    page = ("desk:ask_words", (ask.campaign.slug, ask.pk, "en"))
    script = words.text if words else ""
    yield must(bool(script), named(ask, _("has a script")), named(ask, _("has no script")), *page)
    yield must_know_fields(ask, letters.unknown_fields(script, letters.SCRIPT_FIELDS), *page)
    yield from must_name_the_bill(ask, script)


def check_letter(ask: Ask) -> Iterator[Finding]:
    """Subject and body, with fields that exist."""
    page = ("desk:ask_letter", (ask.campaign.slug, ask.pk))
    written = bool(ask.letter_subject.strip() and ask.letter_body.strip())
    yield must(
        written,
        named(ask, _("has subject and body")),
        named(ask, _("has no subject or no body")),
        *page,
    )
    text = f"{ask.letter_subject}\n{ask.letter_body}"
    yield must_know_fields(ask, letters.unknown_fields(text), *page)
    yield from must_be_filled_in(named(ask, _("the letter")), text, *page)
    yield from must_name_the_bill(ask, text)


def must_name_the_bill(ask: Ask, text: str) -> Iterator[Finding]:
    """Says something only where the text names {bill}."""
    if "{bill}" in text:
        good, bad = (
            named(ask, _("names the bill")),
            named(ask, _("names a bill, but the campaign has none")),
        )
        yield must(
            bool(ask.campaign.bill), good, bad, "desk:campaign_settings", (ask.campaign.slug,)
        )


def must_know_fields(
    ask: Ask, unknown: list[str], fix_url_name: str, fix_args: tuple[object, ...]
) -> Finding:
    """`unknown`: braced words that look like merge fields and are none."""
    bad = _("uses merge fields that do not exist: %(fields)s") % {"fields": ", ".join(unknown)}
    return must(
        not unknown,
        named(ask, _("uses only known merge fields")),
        named(ask, bad),
        fix_url_name,
        fix_args,
    )


def check_targets(ask: Ask) -> Iterator[Finding]:
    """That it addresses seats, and how those are reached."""
    page = ("desk:ask_targets", (ask.campaign.slug, ask.pk))
    seats = targeting.seats(ask).count()
    addressed = ngettext("addresses %(count)d seat", "addresses %(count)d seats", seats) % {
        "count": seats
    }
    yield must(seats > 0, named(ask, addressed), named(ask, _("addresses no seat")), *page)
    if seats:
        yield from check_routes(ask, seats, page)
    if ask.kind == Ask.Kind.LETTER and writes_to_congress(ask):
        yield from check_congress(ask)


def writes_to_congress(ask: Ask) -> bool:
    """Whether letters of this ask may go by Congress's own message systems."""
    is_configured = bool(settings.CWC_HOUSE_URL or settings.CWC_SENATE_URL)
    return is_configured and targeting.seats(ask).filter(chamber__in=CONGRESS).exists()


def check_congress(ask: Ask) -> Iterator[Finding]:
    """Without a topic no message can be written there; with a bill Congress asks whether we are for
    it.
    """
    campaign, page = ask.campaign, ("desk:campaign_settings", (ask.campaign.slug,))
    topic = named(
        ask, _("Congress sorts it under “%(topic)s”") % {"topic": campaign.get_topic_display()}
    )
    yield must(
        bool(campaign.topic),
        topic,
        named(ask, _("writes to Congress and has no topic: choose one of theirs")),
        *page,
    )
    if campaign.bill:
        bad = named(
            ask, _("names a bill to Congress, but not whether the campaign is for or against it")
        )
        yield must(bool(campaign.stance), named(ask, _("is for or against its bill")), bad, *page)
        bad = named(
            ask,
            _("“%(bill)s” is not read as a bill of Congress: write it like H.R. 1234 or S. 567")
            % {"bill": campaign.bill},
        )
        yield should(
            bills.federal(ask) is not None,
            named(ask, _("its bill goes along to Congress")),
            bad,
            *page,
        )


def check_routes(ask: Ask, seats: int, page: tuple[str, tuple[object, ...]]) -> Iterator[Finding]:
    """How many of the seats can be reached, have a holder, and how old their roster is."""
    held = reachable(ask)
    if ask.kind == Ask.Kind.CALL:
        label = _("%(phones)d of %(seats)d have a phone number") % {
            "phones": held["by_phone"],
            "seats": seats,
        }
        yield must(
            held["by_phone"] > 0, named(ask, label), named(ask, _("reaches nobody by phone")), *page
        )
    else:
        label = _("%(reached)d of %(seats)d can be reached") % {
            "reached": held["by_any"],
            "seats": seats,
        }
        yield must(held["by_any"] > 0, named(ask, label), named(ask, _("reaches nobody")), *page)
    empty = seats - held["held"]
    label = ngettext(
        "%(count)d seat has no known holder", "%(count)d seats have no known holder", empty
    ) % {"count": empty}
    yield should(empty == 0, named(ask, _("all seats have a holder")), named(ask, label), *page)
    if held["oldest"]:
        yield check_roster(ask, held["oldest"], page)


class Reachable(TypedDict):
    held: int
    by_any: int
    by_phone: int
    oldest: dt.date | None


def reachable(ask: Ask) -> Reachable:
    """Of the seats addressed: how many are held, and reachable at all; by which way
    actions.letters.coverage knows. One query.
    """
    contacts = Contact.objects.filter(legislator=OuterRef("legislator")).exclude(value="")
    terms = (
        Term.objects.current(timezone.localdate())
        .filter(seat__in=targeting.seats(ask))
        .annotate(
            has_phone=Exists(contacts.filter(kind=Contact.Kind.PHONE)),
            has_any=Exists(contacts),
        )
    )
    counts = terms.aggregate(
        held=Count("seat", distinct=True),
        by_any=Count("seat", distinct=True, filter=Q(has_any=True)),
        by_phone=Count("seat", distinct=True, filter=Q(has_phone=True)),
        oldest=Min("as_of"),
    )
    return cast(Reachable, counts)


def check_roster(ask: Ask, oldest: dt.date, page: tuple[str, tuple[object, ...]]) -> Finding:
    """A year old stops the launch; older than STALE_AFTER is only said."""
    age = timezone.localdate() - oldest
    values = {"date": date_format(oldest), "days": age.days}
    old = named(
        ask, _("goes by a roster of %(date)s, %(days)d days old: load a newer one") % values
    )
    fresh = named(ask, _("goes by a roster of %(date)s") % values)
    if age > ROSTER_TOO_OLD:
        return must(False, fresh, old, *page)
    return should(age <= STALE_AFTER, fresh, old, *page)


def named(ask: Ask, label: str) -> str:
    """A line of the list that says which ask it is about."""
    return f"{ask.position}. {ask.get_kind_display()}: {label}"


def must(ok: bool, good: str, bad: str, fix_url_name: str, fix_args: tuple[object, ...]) -> Finding:
    """Stops the launch while it is not ok."""
    return Finding(ok, True, good if ok else bad, fix_url_name, fix_args)


def should(
    ok: bool, good: str, bad: str, fix_url_name: str, fix_args: tuple[object, ...]
) -> Finding:
    """Is said, and stops nothing."""
    return Finding(ok, False, good if ok else bad, fix_url_name, fix_args)
