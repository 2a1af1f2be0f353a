"""What anything that leaves the house may be for: a closed list.

Each purpose names the consent that it needs and the columns that it may have. Nothing is mailed to,
shown of or handed to anybody else but `Purpose.people`, and never a column that is not named here.
Who is under 18 is in none of them, and nobody whose age nobody stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns import words
from campaigns.models import Ask, Campaign, Partner, Question
from supporters import consent
from supporters.models import Consent, Supporter, Suppression

Row = TypeVar("Row", bound=Model)
NAME = ("given_name", "family_name")
PLACE = ("city", "state", "zip")
# Before the id of a question (campaigns.models.Question).
ANSWER = "answer_"
# Which words somebody said yes to, in which language, when and on whose page.
AGREED = ("agreed_to", "agreed_language", "agreed_on", "agreed_where")


class UnknownPurpose(LookupError):
    """No purpose of the list, or of a partner, campaign or petition that is no more."""


@dataclass(frozen=True)
class Purpose:
    """`key` is what is written down of it: "newsletter", "partner-3", "updates-12", "petition-7"
    (an ask).
    """

    key: str
    label: Any
    columns: tuple[str, ...]
    usual: tuple[str, ...]
    """Of the columns, those that are ticked beforehand."""
    consent: str = ""
    """Blank where signing itself covers it (petition), or where the law asks (legal)."""
    campaign: int | None = None
    ask: int | None = None
    writes_to_them: bool = False
    """Whoever asked to be written to no more is left out."""
    needs_second_person: bool = False

    def people(self) -> QuerySet[Supporter]:
        """Whom it may be about: grown, of a mailbox that answered, with the consent it needs.

        A petition's are its signers: whether their signature counts is for whoever reads actions.
        """
        # Each condition on its own: a purpose that forgot one would still name no minor.
        found = Supporter.objects.grown()
        if self.writes_to_them:
            # Whoever was brought in is reached on the consent that came with them, and only so.
            found = found.reachable().exclude(Exists(suppressed()))
        else:
            found = found.proven()
        if self.consent:
            found = found.filter(Exists(consent.granting(self.consent, self.campaign)))
        return found

    def allowed(self, chosen: list[str]) -> list[str]:
        """Of these columns those that it may have, in their order and each once."""
        return [name for name in dict.fromkeys(chosen) if name in self.columns]


def suppressed() -> QuerySet[Suppression]:
    """Of the supporter asked about, whether their mailbox gets no mail."""
    return Suppression.objects.in_force().filter(mailbox=OuterRef("mailbox"))


def purpose(key: str) -> Purpose:
    """Raises UnknownPurpose."""
    kind, _dash, number = key.partition("-")
    if key in FIXED:
        return FIXED[key]
    # More digits than a key can have: the database would answer with an error, not with no.
    if kind not in OF_SOMETHING or not number.isdecimal() or len(number) > 18:
        raise UnknownPurpose(key)
    return OF_SOMETHING[kind](int(number))


def closed_list() -> Iterator[Purpose]:
    """All of them that there are now; petitions come last, the newest first."""
    yield from FIXED.values()
    for campaign in Campaign.objects.public().prefetch_related("words").order_by("-pk"):
        yield _updates(campaign)
    yield from map(_partner, PARTNERS.all())
    for ask in PETITIONS.exclude(campaign__state="draft").order_by("-pk"):
        yield _petition(ask)


FIXED = {
    each.key: each
    for each in (
        Purpose(
            key="newsletter",
            label=_("Newsletter"),
            columns=("prefix", *NAME, "email", "language", *PLACE, *AGREED),
            usual=(*NAME, "email", "language"),
            consent=Consent.Purpose.NEWSLETTER,
            writes_to_them=True,
        ),
        Purpose(
            key="post",
            label=_("Invitation by post"),
            columns=("prefix", *NAME, "street", *PLACE, "country", "language", *AGREED),
            usual=(*NAME, "street", *PLACE),
            consent=Consent.Purpose.POST,
            writes_to_them=True,
        ),
        Purpose(
            key="sample_text",
            label=_("Sample text"),
            columns=("given_name", "city", "state", "campaign", "own_words", *AGREED),
            usual=("given_name", "city", "state", "campaign", "own_words"),
            consent=Consent.Purpose.SAMPLE_TEXT,
        ),
        Purpose(
            key="public_name",
            label=_("Public name"),
            columns=("given_name", "city", "state", *AGREED),
            usual=("given_name", "city", "state"),
            consent=Consent.Purpose.PUBLIC_NAME,
        ),
        # Who allowed it; what their page says is theirs, and leaves the house in no list.
        Purpose(
            key="hero",
            label=_("People who act"),
            columns=("given_name", *AGREED),
            usual=("given_name", *AGREED),
            consent=Consent.Purpose.HERO,
        ),
        Purpose(
            key="legal",
            label=_("Legal request"),
            columns=(
                *("prefix", *NAME, "email", "phone", "phone_extension", "street", *PLACE),
                *("country", "language", "newsletter", "newsletter_on", "first_seen_on"),
            ),
            usual=(*NAME, "email", "first_seen_on"),
            needs_second_person=True,
        ),
    )
}


def _updates(campaign: Campaign) -> Purpose:
    # What they answered on its forms is for whoever works on this campaign, and for no other.
    asked = Question.objects.filter(ask__campaign=campaign).order_by("ask", "position", "pk")
    answers = [f"{ANSWER}{pk}" for pk in asked.values_list("pk", flat=True)]
    return Purpose(
        key=f"updates-{campaign.pk}",
        label=_("Updates on “%(campaign)s”") % {"campaign": words.of(campaign).title},
        columns=(*NAME, "email", "language", "state", "zip", *AGREED, *answers),
        usual=(*NAME, "email", "language"),
        consent=Consent.Purpose.UPDATES,
        campaign=campaign.pk,
        writes_to_them=True,
    )


def _partner(partner: Partner) -> Purpose:
    return Purpose(
        key=partner.purpose,
        label=_("For %(partner)s") % {"partner": partner.name},
        columns=(*NAME, "email", *PLACE, "language", *AGREED),
        usual=(*NAME, "email", *PLACE, "language", "agreed_to", "agreed_on"),
        consent=partner.purpose,
        writes_to_them=True,
    )


def _petition(ask: Ask) -> Purpose:
    columns = (*NAME, *PLACE, "text_version", "signed_on")
    return Purpose(
        key=f"petition-{ask.pk}",
        label=_("Petition hand-over: %(campaign)s") % {"campaign": words.of(ask.campaign).title},
        columns=columns,
        usual=columns,
        ask=ask.pk,
    )


def _found(rows: QuerySet[Row], made: Callable[[Row], Purpose]) -> Callable[[int], Purpose]:
    def find(pk: int) -> Purpose:
        row = rows.filter(pk=pk).first()
        if row is None:
            raise UnknownPurpose(pk)
        return made(row)

    return find


# What was allowed for a partner with whom we no longer work is given to nobody.
PARTNERS = Partner.objects.filter(is_active=True).defer("logo")
PETITIONS = (
    Ask.objects.filter(kind=Ask.Kind.PETITION)
    .select_related("campaign")
    .prefetch_related("campaign__words")
)
OF_SOMETHING: dict[str, Callable[[int], Purpose]] = {
    "updates": _found(Campaign.objects.all(), _updates),
    "partner": _found(PARTNERS, _partner),
    "petition": _found(PETITIONS, _petition),
}
