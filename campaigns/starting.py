"""Beginning a campaign from a starter, and changing its list of asks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from campaigns import petitions
from campaigns.bills.attaching import attach, find_or_add
from campaigns.models import Ask, Brand, Campaign, Issue, Partner, Published
from campaigns.starters import ASK_STARTERS, CONGRESS, STARTERS, AskStarter, Starter
from legislators.states import UNITED_STATES

ENGLISH = "en"
NAMELESS = {"en": "this organization", "es": "esta organización"}
# Addresses of the console's own pages.
RESERVED = {"new"}
SLUG_LENGTH = 50


@transaction.atomic
def begin(
    *,
    starter: str,
    issue: Issue,
    title: str,
    author: User,
    states: Sequence[str] = (),
    bill: str = "",
    stance: str = "",
) -> Campaign:
    """A draft with the starter's asks, targets and English words.

    Spanish ones are offered when somebody opens their page.
    """
    chosen = STARTERS[starter]
    campaign = Campaign.objects.create(
        slug=free_slug(title, Campaign),
        issue=issue,
        template=starter,
        # Until it has a bill, whose stance counts.
        stance_text=stance,
        sender_name=organization()[:80],
        created_by=author,
    )
    if bill:
        where = jurisdiction_of(chosen, states)
        attach(campaign, find_or_add(bill, jurisdiction=where, stance=stance))
    campaign.words.create(language=ENGLISH, title=title, **starter_words(campaign, ENGLISH))
    for ask in chosen.asks:
        add(campaign, ask.kind, starter=ask, states=states)
    campaign.changes.create(deed="begin", author=author.email, note=starter)
    audit.record(author.email, "campaign.begin", campaign.slug, starter=starter)
    return campaign


def jurisdiction_of(starter: Starter, states: Sequence[str]) -> str:
    """Whose bill it is: the one state's, or Congress's. "" where that is not told."""
    chambers = {chamber for ask in starter.asks for chamber in ask.chambers}
    if chambers and chambers <= set(CONGRESS):
        return UNITED_STATES.code
    return states[0] if len(states) == 1 and chambers.isdisjoint(CONGRESS) else ""


@transaction.atomic
def add(
    campaign: Campaign, kind: str, *, starter: AskStarter | None = None, states: Sequence[str] = ()
) -> Ask:
    """A new ask at the end of the list, with starter words to write over."""
    # Two organizers who add at once would take the same place in the order.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    chosen = starter or ASK_STARTERS[kind]
    last = campaign.asks.order_by("-position").first()
    ask = campaign.asks.create(
        kind=kind,
        position=last.position + 1 if last else 1,
        letter_subject=spoken(chosen.letter_subject, campaign),
        letter_body=spoken(chosen.letter_body, campaign),
    )
    ask.words.create(language=ENGLISH, **ask_starter_words(ask, ENGLISH))
    if chosen.petition:
        petitions.revise(ask, ENGLISH, chosen.petition[ENGLISH])
    if chosen.chambers:
        ask.rules.create(
            states=list(states), chambers=[str(chamber) for chamber in chosen.chambers]
        )
    return ask


def starter_words(campaign: Campaign, language: str) -> dict[str, str]:
    """The campaign's starter words in this language; {} for one that began without a starter."""
    starter = STARTERS.get(campaign.template)
    return said(starter.words, campaign, language) if starter else {}


def ask_starter_words(ask: Ask, language: str) -> dict[str, str]:
    """The starter words of this ask's kind; {} in a language that has none."""
    return said(ASK_STARTERS[ask.kind].words, ask.campaign, language)


def petition_starter(language: str) -> str:
    """A text to write over; "" in a language that has none."""
    return ASK_STARTERS[Ask.Kind.PETITION].petition.get(language, "")


def said(words: dict[str, dict[str, str]], campaign: Campaign, language: str) -> dict[str, str]:
    """One language of the words, with our marks filled."""
    return {
        name: spoken(text, campaign, language) for name, text in words.get(language, {}).items()
    }


def spoken(text: str, campaign: Campaign, language: str = "en") -> str:
    """Fill our own starter marks: the organization, and which way it asks people to vote."""
    against = campaign.stance == "con"
    marks = {
        # Before it is told, a sentence that still reads well.
        "$organization": organization() or NAMELESS.get(language, NAMELESS["en"]),
        "$support": "oppose" if against else "support",
        "$vote": "vote against" if against else "vote for",
    }
    for mark, word in marks.items():
        text = text.replace(mark, word)
    return text


def organization() -> str:
    """The organization's name; "" before it is told."""
    return Brand.objects.order_by("id").values_list("name", flat=True).first() or ""


def free_slug(name: str, of: type[Campaign | Published | Partner]) -> str:
    """An address made of this name, cut between words and numbered where it is taken."""
    stem = slugify(name)
    if len(stem) > SLUG_LENGTH:
        whole_words = stem[: SLUG_LENGTH + 1].rpartition("-")[0]
        stem = whole_words or stem[:SLUG_LENGTH]
    stem = stem or of.__name__.lower()
    others = of.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    taken = RESERVED | set(others)
    # More numbers than there are names taken: one of them is free.
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)
