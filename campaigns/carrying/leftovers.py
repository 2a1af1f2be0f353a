"""What still looks like the state that a campaign came from. The check before a launch refuses it
until somebody mends it, or says that it is meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from campaigns.carrying.carry import all_terms, bills_of
from campaigns.carrying.swapping import swap
from campaigns.carrying.terms import CODE, PLACE, Term, not_ours, said_there
from campaigns.findings import Finding
from campaigns.models import Campaign, Carry
from campaigns.starting import ENGLISH
from legislators.holders import office_day
from legislators.models import Term as InOffice
from legislators.state_words import STATEHOUSE, StateWords, words_of

Page = tuple[str, tuple[object, ...]]


@dataclass(frozen=True)
class Leftover:
    """`label` says where it stands, `page` is where it is mended."""

    key: str
    label: str
    what: str
    around: str
    page: Page


def leftovers(campaign: Campaign) -> list[Leftover]:
    """Of the texts as they are now, without what was confirmed."""
    carry = Carry.objects.filter(campaign=campaign).select_related("source").first()
    if carry is None:
        return []
    old, new = words_of(carry.from_state), words_of(carry.to_state)
    told = {language: suspects(carry, old, new, language) for language in ("en", "es")}
    others = {language: not_ours(old, new, language) for language in told}
    found: dict[str, Leftover] = {}
    for label, language, text, page in texts(campaign):
        said = "es" if language == "es" else ENGLISH
        # What could still be swapped was typed since, or is what the swap left alone.
        looked = swap(text, told[said], others=others[said], language=said)
        for one in [*looked.left, *looked.swaps]:
            # With its surroundings: the same word in another sentence is asked about again.
            seed = f"{label}|{one.old}|{one.around}"
            key = hashlib.sha256(seed.encode()).hexdigest()[:16]
            if key not in carry.confirmed:
                found.setdefault(key, Leftover(key, label, one.old, one.around, page))
    return list(found.values())


def suspects(carry: Carry, old: StateWords, new: StateWords, language: str) -> list[Term]:
    """Its words, its bill, and those who sit there; not what the new state says as well."""
    bills: list[str] = []
    if carry.source:
        bills = [bill.identifier for bill in bills_of(carry.source)[1]]
        bills = bills or [carry.source.bill_text]
    own = said_there(new, language) | {carry.campaign.bill.casefold()}
    words = all_terms(old, new, language, bills, "")
    sitting = InOffice.objects.current(office_day()).filter(
        seat__jurisdiction=old.code, seat__chamber__in=STATEHOUSE
    )
    people = [Term(name, "", PLACE) for name in sitting.values_list("legislator__name", flat=True)]
    found = {term.old: term for term in [*words, *people] if term.old.casefold() not in own}
    return [*found.values(), Term(old.code, "", CODE)]


def texts(campaign: Campaign) -> Iterator[tuple[str, str, str, Page]]:
    """Everything that people read: (where it stands, language, text, page)."""
    slug = campaign.slug
    for row in campaign.words.all():
        fields = (row.title, row.summary, row.story, row.share_text, row.consent)
        page: Page = ("desk:campaign_words", (slug, row.language))
        yield _("The words"), row.language, "\n".join(fields), page
    for ask in campaign.asks.all():
        here = f"{ask.position}. {ask.get_kind_display()}"
        letter: Page = ("desk:ask_letter", (slug, ask.pk))
        subjects = "\n".join([ask.letter_subject, *ask.more_subjects])
        yield here, ENGLISH, f"{subjects}\n{ask.letter_body}", letter
        for version in ask.versions.all():
            said = "\n".join([version.subject, *version.more_subjects, version.body])
            yield f"{here}, {version.name}", ENGLISH, said, letter
            for language, text in version.translations.items():
                yield f"{here}, {version.name}", language, text, letter
        for words in ask.words.all():
            fields = (words.heading, words.text, words.button, words.thanks, words.prompts)
            page = ("desk:ask_words", (slug, ask.pk, words.language))
            yield here, words.language, "\n".join(fields), page
        for question in ask.asked:
            page = ("desk:question", (slug, ask.pk, question.pk))
            own = {"text": question.text, "help": question.help, "choices": question.choices}
            for language, said_so in {ENGLISH: own, **question.translations}.items():
                fields = (said_so["text"], said_so["help"], *said_so["choices"])
                yield here, language, "\n".join(fields), page
        newest = {text.language: text.text for text in ask.petition_texts.order_by("version")}
        for language, text in newest.items():
            yield here, language, text, ("desk:ask_words", (slug, ask.pk, language))


def check_leftovers(campaign: Campaign) -> Iterator[Finding]:
    """Says something only of a campaign that was carried here."""
    for one in leftovers(campaign):
        said = _("%(where)s: “%(what)s” looks like the state that it came from")
        values = {"where": one.label, "what": one.what}
        yield Finding(False, True, said % values, "desk:campaign_carried", (campaign.slug,))


def confirm(campaign: Campaign, keys: list[str], *, author: User) -> None:
    """These are meant as they stand."""
    carry = Carry.objects.select_for_update().get(campaign=campaign)
    known = {one.key: one.what for one in leftovers(campaign)}
    meant = [key for key in keys if key in known]
    carry.confirmed = sorted({*carry.confirmed, *meant})
    carry.save(update_fields=["confirmed"])
    what = ", ".join(known[key] for key in meant)
    audit.record(author.email, "campaign.leftovers confirmed", campaign.slug, what=what[:300])
