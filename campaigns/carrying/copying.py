"""A draft with everything of another campaign but its counts, its actions and its supporters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.forms import model_to_dict

from accounts import audit
from accounts.models import User
from campaigns import petitions
from campaigns.bills.attaching import attach
from campaigns.models import Ask, Bill, Campaign, LetterVersion, Picture, Question, SeatRule
from campaigns.starting import ENGLISH, free_slug

# A place, a language, a text -> the text as it shall be there.
Say = Callable[[str, str, str], str]
SIDES = ("states", "chambers", "parties", "seats", "committees", "roles")
# What a text shares with no reader of the copy: what came of it is the other campaign's.
NOT_COPIED = ("closing_message",)


def as_it_is(_place: str, _language: str, text: str) -> str:
    return text


@transaction.atomic
def clone(campaign: Campaign, *, author: User, title: str) -> Campaign:
    """The same again under another title and address."""
    made = copy(campaign, author=author, title=title)
    for bill in Bill.objects.of_campaign(campaign.pk):
        attach(made, bill)
    for ask, twin in pairs(campaign, made):
        for rule in ask.rules.all():
            twin.rules.create(**sides_of(rule), excludes=rule.excludes)
        for version in ask.versions.all():
            twin.versions.create(**sides_of(version), **version_words(version, as_it_is))
    made.changes.create(deed="clone", author=author.email, note=campaign.slug)
    audit.record(author.email, "campaign.clone", made.slug, source=campaign.slug)
    return made


def copy(campaign: Campaign, *, author: User, title: str, say: Say = as_it_is) -> Campaign:
    """Words in all languages, asks and settings; neither bills nor targets. What protects people is
    on, whatever it was: to switch it off is an administrator's, with a reason.
    """
    made = Campaign.objects.create(
        slug=free_slug(title, Campaign),
        issue=campaign.issue,
        template=campaign.template,
        # Until a bill is attached, whose stance counts: starter words ask for or against.
        stance_text=campaign.stance,
        topic=campaign.topic,
        sender_name=campaign.sender_name,
        words_kept_days=campaign.words_kept_days,
        goal=campaign.goal,
        asks_for_samples=campaign.asks_for_samples,
        asks_for_post=campaign.asks_for_post,
        asks_guardian=campaign.asks_guardian,
        invites_abroad=campaign.invites_abroad,
        onward_url=campaign.onward_url,
        # A real person's copy of the demonstration is theirs, and stays when that goes.
        is_demo=author.is_demo,
        created_by=author,
    )
    for row in campaign.words.all():
        words = said(row, f"words:{row.language}", row.language, say)
        # Typed in one language; the others keep the title that they have.
        if row.language == ENGLISH:
            words["title"] = title
        made.words.create(language=row.language, **words)
    for picture in campaign.pictures.all():
        copy_picture(picture, made, say)
    for ask in campaign.asks.all():
        copy_ask(ask, made, say)
    return made


def copy_picture(picture: Picture, campaign: Campaign, say: Say) -> None:
    """The same pixels, under the number that the story names."""
    place = f"picture:{picture.number}"
    campaign.pictures.create(
        number=picture.number,
        pixels_id=picture.pixels_id,
        alt_texts={
            language: say(place, language, text) for language, text in picture.alt_texts.items()
        },
        is_decorative=picture.is_decorative,
        credit=picture.credit,
        is_head=picture.is_head,
    )


def copy_ask(ask: Ask, campaign: Campaign, say: Say) -> None:
    place = f"ask:{ask.position}"
    twin = campaign.asks.create(
        kind=ask.kind,
        position=ask.position,
        letter_subject=cut(
            ask, "letter_subject", say(f"{place}:letter", ENGLISH, ask.letter_subject)
        ),
        more_subjects=[say(f"{place}:letter", ENGLISH, text) for text in ask.more_subjects],
        letter_body=say(f"{place}:letter", ENGLISH, ask.letter_body),
    )
    for row in ask.words.all():
        words = said(row, f"{place}:words:{row.language}", row.language, say)
        twin.words.create(language=row.language, **words)
    # Without those that were removed: nobody answered them there.
    for question in ask.asked:
        twin.questions.create(**question_words(question, place, say))
    # Nobody signed the copy: its texts begin with their first version.
    newest = {text.language: text.text for text in ask.petition_texts.order_by("version")}
    for language, text in newest.items():
        petitions.revise(twin, language, say(f"{place}:words:{language}", language, text))


def question_words(question: Question, place: str, say: Say) -> dict[str, Any]:
    """Asked again there: its choices are counted anew."""
    here = f"{place}:question:{question.position}"
    theirs = {
        language: {
            "text": cut(question, "text", say(here, language, words["text"])),
            "help": cut(question, "help", say(here, language, words["help"])),
            "choices": [say(here, language, text) for text in words["choices"]],
        }
        for language, words in question.translations.items()
    }
    return {
        "position": question.position,
        "kind": question.kind,
        "is_required": question.is_required,
        "text": cut(question, "text", say(here, ENGLISH, question.text)),
        "help": cut(question, "help", say(here, ENGLISH, question.help)),
        "choices": [say(here, ENGLISH, text) for text in question.choices],
        "translations": theirs,
    }


def said(row: Any, place: str, language: str, say: Say) -> dict[str, Any]:
    """Every text of a row of words."""
    keys = {"id", "campaign", "ask", "language", *NOT_COPIED}
    fields = {name: value for name, value in model_to_dict(row).items() if name not in keys}
    return {
        name: cut(row, name, say(place, language, value)) if isinstance(value, str) else value
        for name, value in fields.items()
    }


def cut(row: Any, name: str, text: str) -> str:
    """Longer names make longer texts: what its column takes, at the end of a word."""
    most = row._meta.get_field(name).max_length
    if not most or len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0] + "…"


def pairs(campaign: Campaign, made: Campaign) -> list[tuple[Ask, Ask]]:
    return list(zip(campaign.asks.all(), made.asks.all(), strict=True))


def sides_of(rule: SeatRule) -> dict[str, list[Any]]:
    return {side: list(getattr(rule, side)) for side in SIDES}


def version_words(version: LetterVersion, say: Say) -> dict[str, Any]:
    place = f"ask:{version.ask.position}:version:{version.name}"
    return {
        "position": version.position,
        "name": version.name,
        "approach": version.approach,
        "subject": say(place, ENGLISH, version.subject)[:200],
        "more_subjects": [say(place, ENGLISH, text) for text in version.more_subjects],
        "body": say(place, ENGLISH, version.body),
        "translations": {
            language: say(place, language, text) for language, text in version.translations.items()
        },
    }
