"""The made-up organization, its issues and campaigns, from the files in words/.

They pass the same preflight as anybody's.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from campaigns import petitions, publishing
from campaigns.bills import public, stages
from campaigns.bills.attaching import attach
from campaigns.bills.naming import normalized
from campaigns.models import (
    Ask,
    Bill,
    BillSponsor,
    Brand,
    Campaign,
    Change,
    Issue,
    IssueWords,
    PetitionText,
)
from legislators.models import Chamber, Jurisdiction, Seat
from legislators.states import NEIGHBOURS

WORDS = Path(__file__).parent / "words"
CAMPAIGNS = (
    *("ratify", "somebody-to-ask", "tell-it-once", "lawyer-first", "breakfast", "fountains"),
    *("tell-it-once-havenmoor", "breakfast-tallgrass"),
    *("ratify-by-letter", "second-look", "quiet-rooms"),
)
LANGUAGES = ("en", "es")
SPONSOR = BillSponsor.Role.SPONSOR
NAME = "Star and Sun for Children"
CONSENT = {
    "en": f"Yes, {NAME} may send me news about its campaigns by e-mail. I can stop it at any time.",
    "es": (
        f"Sí, {NAME} puede enviarme noticias de sus campañas por correo electrónico. Puedo darme de"
        " baja cuando quiera."
    ),
}


def organization() -> Brand:
    """Nobody's: its addresses end in .example."""
    # No tagline: it has one language, and the pages' own opening line speaks both.
    return Brand.objects.create(
        name=NAME,
        site_url="https://star-and-sun.example/",
        donate_url="https://star-and-sun.example/give/",
        contact_url="https://star-and-sun.example/contact/",
        privacy_url="https://star-and-sun.example/privacy/",
        contact_email="hello@star-and-sun.example",
        social_links=[
            {"kind": "Bluesky", "url": "https://bsky.app/profile/star-and-sun.example"},
            {"kind": "Mastodon", "url": "https://social.star-and-sun.example/@children"},
        ],
        postal_address="1 Lantern Square, Larkhaven, FK 00010",
        is_demo=True,
    )


def campaigns(*, author: User) -> list[Ask]:
    """Issues, campaigns and their asks, live or ended.

    Raises publishing.NotReady if one fails the preflight.
    """
    issues()
    bills(author)
    return [ask for name in CAMPAIGNS for ask in campaign(read(name), author).asks.all()]


def issues() -> None:
    """In the order of the file, in both languages."""
    for position, row in enumerate(read("issues")["issues"], start=1):
        issue = Issue.objects.create(
            slug=row["slug"], motif=row["motif"], position=position, is_demo=True
        )
        for language in LANGUAGES:
            IssueWords.objects.create(issue=issue, language=language, **row[language])


def bills(author: User) -> None:
    """Of three made-up states, with an issue and no campaign: in every stage that there is."""
    for state in NEIGHBOURS:
        Jurisdiction.objects.create(
            code=state.code, name=state.name, division=state.division, is_demo=True
        )
    for row in read("bills")["bills"]:
        issue, sponsors = Issue.objects.get(slug=row.pop("issue")), row.pop("sponsors", 0)
        said = {language: row.pop(language) for language in LANGUAGES}
        bill = make_bill(row, author)
        bill.issues.add(issue)
        for language, texts in said.items():
            bill.words.create(language=language, **texts)
        for seat in sponsoring(bill, sponsors):
            holder = seat.terms.get().legislator
            role = BillSponsor.Role.COSPONSOR if bill.sponsors.exists() else SPONSOR
            bill.sponsors.create(legislator=holder, role=role, name=holder.name)
    public.look_again()


def sponsoring(bill: Bill, number: int) -> Iterable[Seat]:
    """That many of the chamber in which it began; others for each bill."""
    chamber = Chamber.STATE_UPPER if bill.identifier.startswith("S") else Chamber.STATE_LOWER
    held = Seat.objects.filter(is_demo=True, chamber=chamber, terms__isnull=False)
    return held.order_by("district", "position")[bill.pk % 7 :][:number]


def campaign(plan: dict[str, Any], author: User) -> Campaign:
    """One campaign as its file tells it: made, launched, perhaps ended, and moved into the past."""
    made = Campaign.objects.create(
        slug=plan["slug"],
        issue=Issue.objects.get(slug=plan["issue"]),
        template=plan["template"],
        goal=plan["goal"],
        sender_name=NAME,
        invites_abroad=plan.get("invites_abroad", False),
        is_demo=True,
        created_by=author,
    )
    for row in plan.get("bills", ()):
        add_bill(made, row, author)
    if known := plan.get("known_bill"):
        attach(made, Bill.objects.get(identifier=known, is_demo=True))
    for language in LANGUAGES:
        texts = {name: tidy(text) for name, text in plan[language].items()}
        made.words.create(language=language, consent=CONSENT[language], **texts)
    for position, row in enumerate(plan["asks"], start=1):
        add_ask(made, position, row)
    made.changes.create(deed="begin", author=author.email, note=made.template)
    # By the door that everybody takes: a campaign that fails the preflight fails the demonstration.
    publishing.launch(made, author)
    if ending := plan.get("ending"):
        {"win": publishing.win, "close": publishing.close}[ending](made, author)
    backdate(made, launched=plan["launched_days_ago"], ended=plan.get("ended_days_ago"))
    return made


def add_bill(campaign: Campaign, row: dict[str, Any], author: User) -> None:
    """`row` as in the file: what a bill says of itself, and `history`, pairs of a stage and how
    many days ago, or the day.
    """
    attach(campaign, make_bill(row | {"stance": "pro"}, author))


def make_bill(row: dict[str, Any], author: User) -> Bill:
    history = row.pop("history")
    name = normalized(row["identifier"])
    bill = Bill.objects.create(normalized=name, is_demo=True, **row)
    for stage, day in history:
        happened_on = day if isinstance(day, dt.date) else days_ago(day).date()
        stages.note(bill, stage, author=author.email, happened_on=happened_on)
    return bill


def add_ask(campaign: Campaign, position: int, row: dict[str, Any]) -> Ask:
    """`row` as in the file: kind, letter, chambers, and words by language."""
    ask = campaign.asks.create(
        kind=row["kind"],
        position=position,
        letter_subject=row.get("letter_subject", ""),
        letter_body=tidy(row.get("letter_body", "")),
    )
    for language in LANGUAGES:
        texts = {name: tidy(text) for name, text in row[language].items()}
        if petition := texts.pop("petition", ""):
            petitions.revise(ask, language, petition)
        ask.words.create(language=language, **texts)
    if "chambers" in row:
        ask.rules.create(states=row.get("states", []), chambers=row["chambers"])
    if "offices" in row:
        ask.rules.create(seats=seats_of(row["offices"]))
    for version in row.get("versions", ()):
        named = {"chambers": version.get("chambers", [])}
        if "offices" in version:
            named = {"seats": seats_of(version["offices"])}
        said = {"name": version["name"], "subject": version["subject"]}
        ask.versions.create(body=tidy(version["body"]), **said, **named)
    return ask


def seats_of(offices: list[str]) -> list[int]:
    """Of our own, by their names."""
    seats = Seat.objects.filter(chamber=Chamber.CUSTOM, is_demo=True, district__in=offices)
    return list(seats.values_list("pk", flat=True))


def tidy(text: str) -> str:
    """Without the blanks around a TOML text."""
    return text.strip()


def backdate(campaign: Campaign, *, launched: int, ended: int | None) -> None:
    """As if it had been launched, and perhaps ended, on working days in the past."""
    begun = days_ago(launched)
    over = days_ago(ended) if ended is not None else None
    # Read again: `launch` and `win` wrote today's date to this very row.
    Campaign.objects.filter(pk=campaign.pk).update(
        created_at=begun - dt.timedelta(days=3), launched_at=begun, closed_at=over
    )
    PetitionText.objects.filter(ask__campaign=campaign).update(
        created_at=begun - dt.timedelta(days=1)
    )
    for deed, at in {
        "begin": begun - dt.timedelta(days=3),
        "launch": begun,
        "win": over,
        "close": over,
    }.items():
        Change.objects.filter(campaign=campaign, deed=deed).update(at=at or begun)
    campaign.refresh_from_db()


def days_ago(days: int, hour: int = 9) -> dt.datetime:
    """On that day, at this hour here."""
    day = timezone.localdate() - dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def read(name: str) -> dict[str, Any]:
    """One file of our made-up words."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))
