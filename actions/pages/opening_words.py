"""The organization's words as a supporter first reads them: filled with what is known by now, and
without what is said to one office only.

A letter in versions has the words of each version that one of their offices gets.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from actions.letters.text import subject_of
from actions.models.typed import TypedWords
from actions.offices import holder_name
from actions.pages.addressees import FirstStep, LetterGroup
from campaigns import merge_fields, words
from campaigns.models import Ask


def opening_words(first: FirstStep, form_key: uuid.UUID | None = None) -> dict[str, str]:
    """Subject and statement of each version, by the form's fields, without a brace. Of several
    subjects the form's key says which.
    """
    if first.ask.kind != Ask.Kind.LETTER:
        return {}
    found = {}
    for group in first.groups:
        known = known_to_all(first, group)
        subject = merge_fields.complete(group.words.subject(form_key), known) or subject_of(
            first.ask
        )
        found[group.field("subject")] = subject
        found[group.field("statement")] = merge_fields.complete(group.words.statement(), known)
    return found


def translation(first: FirstStep, group: LetterGroup) -> str:
    """The letter in the reader's language, to understand it by; "" where the campaign has none, and
    in English.
    """
    language = get_language() or "en"
    if first.ask.kind != Ask.Kind.LETTER or language == "en":
        return ""
    theirs = words.of(first.ask, language)
    own = theirs.text if theirs.language == language else ""
    text = group.words.translations.get(language, "") if group.words.version else own
    return merge_fields.complete(text, known_to_all(first, group))


def known_to_all(first: FirstStep, group: LetterGroup) -> dict[str, str]:
    """What is the same in every letter of this group, such as the state; with one office to write
    to, its title and name too.
    """
    address, bill = first.address, first.ask.campaign.bill
    writer = merge_fields.Writer(
        city=address.city if address else "",
        state=first.found.state,
        zip=address.zip if address else "",
    )
    each = [
        merge_fields.values(
            seat=place.seat, holder_name=holder_name(place), writer=writer, bill=bill
        )
        for place in group.readers
    ]
    if not each:
        return merge_fields.general_values(writer, bill)
    return {
        name: value
        for name, value in each[0].items()
        if all(other[name] == value for other in each)
    }


def as_kept(first: FirstStep, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the form sent, as a FilledForm has it. Words of ours that were left alone are kept with
    their fields, which each office's letter fills for itself.
    """
    kept = [(group, kept_words(first, group, typed)) for group in first.groups]
    # What its writer changed comes first, so that the action tells by itself whether they did.
    kept.sort(key=lambda pair: not pair[1].is_edited)
    (_group, said), *others = kept
    return {
        "subject": said.subject,
        "statement": said.statement,
        "statement_edited": said.is_edited,
        "versions": [
            words.as_version([place.seat.pk for place in group.readers]) for group, words in others
        ],
    }


def kept_words(first: FirstStep, group: LetterGroup, typed: Mapping[str, Any]) -> TypedWords:
    """Of one version."""
    known, ours = known_to_all(first, group), group.words
    subject = str(typed[group.field("subject")])
    # Of several subjects any may have been shown: a form that went stale has another key.
    is_shown = (
        one for one in ours.subjects if same_lines(shown(first, one, known)) == same_lines(subject)
    )
    kept = next(is_shown, "")
    statement = same_lines(typed[group.field("statement")])
    chosen = chosen_paragraphs(group, typed)
    if statement == same_lines(merge_fields.complete(ours.statement(), known)):
        return TypedWords(kept or subject, ours.statement(chosen), is_edited=False)
    added = [
        merge_fields.complete(text, known) for key, text in ours.optional.items() if key in chosen
    ]
    whole = "\n\n".join(part for part in (typed[group.field("statement")], *added) if part)
    return TypedWords(kept or subject, whole, is_edited=True)


def shown(first: FirstStep, subject: str, known: Mapping[str, str]) -> str:
    return merge_fields.complete(subject, known) or subject_of(first.ask)


def chosen_paragraphs(group: LetterGroup, typed: Mapping[str, Any]) -> list[str]:
    """Keys of those that were ticked."""
    return [key for key in group.words.optional if typed.get(paragraph_field(group, key))]


def paragraph_field(group: LetterGroup, key: str) -> str:
    return f"paragraph_{group.words.version}_{key}"


def own_text(first: FirstStep, typed: Mapping[str, Any]) -> str:
    """What they wrote themselves: their own words, and each line of ours that they changed."""
    if first.ask.kind != Ask.Kind.LETTER:
        return str(typed.get("own_words", ""))
    ours, theirs = set(), []
    for group in first.groups:
        known = known_to_all(first, group)
        texts = [shown(first, one, known) for one in group.words.subjects]
        texts.append(merge_fields.complete(group.words.statement(), known))
        ours |= {line.strip() for text in texts for line in text.splitlines()}
        for name in ("subject", "statement"):
            theirs += str(typed.get(group.field(name), "")).splitlines()
    changed = [line for line in theirs if line.strip() not in ours]
    return "\n".join([str(typed.get("own_words", "")), *changed]).strip()


def says_more(group: LetterGroup) -> bool:
    """Whether the letters say what the form does not show: each of them something of its office."""
    text = "".join(group.words.subjects) + group.words.body
    return len(group.readers) > 1 and merge_fields.speaks_to_each(text)


def same_lines(text: str) -> str:
    """As it compares: browsers change how lines end, and people leave spaces."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
