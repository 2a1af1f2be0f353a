"""A campaign's mails, sent to whoever works on it: to their own mailbox, and to no other."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from actions import sample_mails
from actions.letters.text import Words
from campaigns.models import Ask
from desk.access import needs
from desk.organizing.campaign_page import ask_or_404, language_or_404, noted_in_history
from desk.organizing.letters import SAMPLE, Sheet, sheet, targets_and_holders
from supporters.mail import is_rehearsal
from worker import outbox
from worker.channels.email import BadMessage, compose, message_id, via_name
from worker.models import Delivery

CONFIRMATION, RECEIPT, LETTER = "confirmation", "receipt", "letter"
MOST_AN_HOUR = 30


@needs("run_campaigns")
@require_POST
def send_letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One letter as it would arrive at its office."""
    ask = ask_or_404(slug, pk, Ask.Kind.LETTER)
    post_of_ask(request, ask, LETTER, settings.LANGUAGE_CODE)
    return redirect("desk:ask_preview", slug, pk)


@needs("run_campaigns")
@require_POST
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the mails of one of its asks, in one language: "3:receipt". 404 for what is none."""
    number, _colon, what = request.POST.get("mail", "").partition(":")
    if not number.isdecimal() or len(number) > 18 or what not in (CONFIRMATION, RECEIPT, LETTER):
        raise Http404
    kinds = [Ask.Kind.LETTER] if what == LETTER else []
    ask = ask_or_404(slug, int(number), *kinds)
    post_of_ask(request, ask, what, language_or_404(request.POST.get("language", "")))
    return redirect("desk:campaign", slug)


def post_of_ask(request: HttpRequest, ask: Ask, what: str, language: str) -> None:
    """Post one of its mails, or say why not."""
    user = request.user
    assert isinstance(user, User)
    found = first_letter(ask)
    if what == LETTER and found is None:
        messages.error(request, _("This ask addresses nobody yet: choose its targets first."))
        return
    noted = noted_in_history(request, ask.campaign, "test", f"{ask.kind} {ask.position}: {what}")
    post(request, lambda: envelope_of(ask, what, language, user, found), noted)


def post(
    request: HttpRequest,
    made: Callable[[], outbox.Envelope],
    noted: AbstractContextManager[None] | None = None,
) -> None:
    """Post it, or say why not; `made` may raise BadMessage. `noted`: what is written down with
    it.
    """
    user = request.user
    assert isinstance(user, User)
    if sent_lately(user) >= MOST_AN_HOUR:
        said = _("You have sent %(number)d tests in an hour: wait a little before the next one.")
        messages.error(request, said % {"number": MOST_AN_HOUR})
        return
    try:
        envelope = made()
        with noted or nullcontext():
            outbox.post([envelope])
    except BadMessage as error:
        messages.error(request, _("This letter cannot be mailed: %(error)s") % {"error": error})
        return
    said = _("A test is on its way to %(email)s.") % {"email": user.email}
    if envelope.rehearsal:
        said = _("This is practice, so the test goes to no mailbox: read it in the Outbox.")
    messages.success(request, said)


def sent_lately(user: User) -> int:
    since = timezone.now() - dt.timedelta(hours=1)
    mine = Delivery.objects.filter(sender_key=key_of(user), posted_at__gte=since)
    return mine.filter(key__startswith="test:").count()


def key_of(user: User) -> str:
    return f"user:{user.pk}"


def first_letter(ask: Ask) -> Sheet | None:
    """To the first office that it addresses and that somebody is known to hold."""
    if ask.kind != Ask.Kind.LETTER:
        return None
    return next((sheet(ask, *each, SAMPLE) for each in targets_and_holders(ask)[:1]), None)


def envelope_of(
    ask: Ask, what: str, language: str, user: User, found: Sheet | None
) -> outbox.Envelope:
    if what == LETTER and found:
        return letter_envelope(ask, found, user)
    page = settings.SITE_URL + reverse("desk:campaign", args=[ask.campaign.slug])
    about = {"sender_key": key_of(user), "language": language, "page": page}
    if what == CONFIRMATION:
        return sample_mails.confirmation(ask, user.email, **about)
    letter = (
        (found.holder.name, Words(found.subject, found.text)) if found and found.holder else None
    )
    return sample_mails.receipt(ask, user.email, **about, letter=letter)


def letter_envelope(ask: Ask, shown: Sheet, user: User) -> outbox.Envelope:
    # New for each test: an envelope with the same key is posted only once.
    identity = uuid.uuid4()
    mid = message_id("test", identity)
    preface = _(
        "This is a test. It went to you and to nobody else; the office named in it got nothing."
    )
    subject = f"{sample_mails.MARK}: {shown.subject}"
    message = compose(
        message_id=mid,
        sender=(via_name(SAMPLE.name, ask.campaign.sender_name), settings.MAIL_FROM),
        recipient=(str(user), user.email),
        reply_to=None,
        subject=subject,
        text=f"{preface}\n\n{'-' * 40}\n\n{shown.text}",
        headers={"Auto-Submitted": "auto-generated"},
    )
    return outbox.Envelope(
        key=f"test:{identity}",
        lane="mail",
        recipient=user.email,
        subject=subject,
        message=message,
        message_id=mid,
        sender_key=key_of(user),
        rehearsal=is_rehearsal(is_demo=ask.campaign.is_demo),
    )
