"""What representatives are mailed: one link to confirm, what was decided, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.models import Signatory
from campaigns import words
from campaigns.models import SignOn
from supporters import links, mail
from supporters.models import Supporter
from worker.models import Delivery


def ask_to_confirm(row: Signatory, person: Supporter) -> Delivery | None:
    """None where that mailbox wants no mail, or had enough for today. Nothing that was typed is in
    it (docs/safety.md A5).
    """
    with translation.override(row.language):
        said = [
            _(
                "Somebody, we hope you, signs this letter for an organization and gave this"
                " address. Read what was typed, and press the button there if it is right:"
            )
        ]
        url = address("actions:sign_on_confirm", links.make("sign-on", row.public_id))
        heading = _("One more step: does your organization sign?")
        return send(row, person, "sign_on", heading, said, url, _("Read it and confirm"))


def stands_already(row: Signatory, person: Supporter) -> None:
    """To whoever signs once more for the same organization."""
    with translation.override(row.language):
        said = [_("We already have your organization’s signature. How it stands, and a way back:")]
        heading, day = _("You have signed already"), str(timezone.localdate())
        send(row, person, "sign_on_again", heading, said, own_url(row), _("See it"), once=day)


def approved(row: Signatory) -> None:
    """Their organization stands on the list now."""
    if row.supporter is None:
        return
    with translation.override(row.language):
        said = [
            _("%(organization)s stands on the public list of this letter now. Thank you.")
            % {"organization": row.organization},
            _(
                "You can take the signature back here. Once the letter is delivered, it leaves our"
                " page only:"
            ),
        ]
        heading = _("Your organization is on the letter")
        send(row, row.supporter, "sign_on_approved", heading, said, own_url(row), _("See it"))


def declined(row: Signatory) -> None:
    """With the reason, as somebody here wrote it."""
    if row.supporter is None:
        return
    with translation.override(row.language):
        said = [
            _("We could not put %(organization)s on this letter. The reason:")
            % {"organization": row.organization},
            row.reason,
            _("If that can be put right, sign again. What you typed is deleted after %d days.")
            % settings.REFUSED_KEPT_DAYS,
        ]
        url = address("actions:sign_on", row.sign_on.slug)
        heading = _("Your organization’s signature")
        send(row, row.supporter, "sign_on_declined", heading, said, url, _("To the letter"))


def number_mailed(letter: SignOn) -> int:
    """How many letter_changed would tell now."""
    return len(represented(Signatory.objects.signed(), letter))


def letter_changed(letter: SignOn, said: str, mark: str, *, adds_pdf: bool = False) -> int:
    """To everybody who signed what it said before. `mark` makes each change told once; `adds_pdf`:
    its words are what they were.
    """
    signed = represented(Signatory.objects.signed(), letter)
    for row, person in signed:
        # Each in their own language; the sentence itself is as somebody here wrote it.
        with translation.override(row.language):
            heading, opening, closing = about_change(letter, adds_pdf=adds_pdf)
            lines = [opening % {"organization": row.organization}, said, closing]
            if row.state == Signatory.State.WAITING:
                waits = _(
                    "Your signature is not on the public list yet: people here still look at it."
                )
                lines.insert(2, waits)
            kind, url = "sign_on_changed", own_url(row)
            send(row, person, kind, heading, lines, url, _("Read it"), once=mark)
    return len(signed)


def about_change(letter: SignOn, *, adds_pdf: bool) -> tuple[str, str, str]:
    """Heading, first and last sentence. Whoever is asked to leave can still leave it."""
    if adds_pdf:
        return (
            _("A PDF was added to a letter that you signed"),
            _("A PDF of the letter that %(organization)s signed was added to its page:"),
            _("How your organization’s signature stands:"),
        )
    if letter.is_delivered:
        return (
            _("The page of a letter that you signed was changed"),
            _("The page of the letter that %(organization)s signed was changed:"),
            _(
                "The page says so too. The letter is delivered: the copy that was handed over stays"
                " as it was. How your organization’s signature stands:"
            ),
        )
    return (
        _("A letter that you signed was changed"),
        _("The letter that %(organization)s signed was changed after you signed it:"),
        _(
            "The page says so too. If your organization does not sign it as it reads now,"
            " take the signature back here:"
        ),
    )


def letter_delivered(letter: SignOn) -> int:
    """To everybody whose organization went along."""
    assert letter.delivered_on is not None
    signed = represented(Signatory.objects.on_list(), letter)
    for row, person in signed:
        with translation.override(row.language):
            said = [
                _("The letter that %(organization)s signed was delivered on %(day)s to %(whom)s.")
                % {
                    "organization": row.organization,
                    "day": date_format(letter.delivered_on, "DATE_FORMAT"),
                    "whom": letter.delivered_to,
                },
            ]
            url, day = address("actions:sign_on", letter.slug), str(letter.delivered_on)
            heading, kind = _("The letter was delivered"), "sign_on_delivered"
            send(row, person, kind, heading, said, url, _("To the letter"), once=day)
    return len(signed)


def represented(rows: QuerySet[Signatory], letter: SignOn) -> list[tuple[Signatory, Supporter]]:
    """Those of them for whom somebody signed, and who that is."""
    rows = rows.filter(sign_on=letter).order_by("pk")
    rows = rows.select_related("supporter__merged_into", "sign_on")
    return [(row, row.supporter.person) for row in rows if row.supporter]


def send(
    row: Signatory,
    person: Supporter,
    kind: str,
    heading: str,
    said: Sequence[str],
    url: str,
    button: str,
    *,
    once: str = "",
) -> Delivery | None:
    """In the language that is active. Of each kind one to each signature, or one for each
    `once`.
    """
    note = mail.Note(
        template="sign_on",
        key=":".join(part for part in (kind, row.public_id.hex, once) if part),
        subject=heading,
        context={
            "heading": heading,
            "title": words.of(row.sign_on).title,
            "said": said,
            "url": url,
            "button": button,
            "is_asked": kind == "sign_on",
        },
        rehearsal=mail.is_rehearsal(is_demo=row.sign_on.is_demo),
        language=row.language,
    )
    return mail.send(person, note)


def own_url(row: Signatory) -> str:
    """Their own page, for as long as the row is kept."""
    return address("actions:sign_on_own", links.make("sign-on-own", row.public_id))


def address(name: str, argument: str) -> str:
    """With our own host, in the active language: it stands in mail."""
    return settings.SITE_URL + reverse(name, args=[argument])
