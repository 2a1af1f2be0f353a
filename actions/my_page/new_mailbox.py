"""Another mailbox for one's page: it proves itself by a link, and the old one is told.

The mail to it may go to anybody: it has no word that was typed, and no name (docs/safety.md A5).
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.correcting import move
from actions.models import NewMailbox, PageKey
from actions.my_page import keys
from actions.my_page.mailing import MOST_TRIES, TASK, composed
from actions.my_page.visits import own_page
from actions.pages.private_link import mark_private
from actions.screening import origin, rates
from campaigns import brand
from supporters.forms import EmailField, PublicForm
from supporters.mail import UNPROVEN_MAILS_A_DAY, is_suppressed
from supporters.models import Supporter
from supporters.people import mailbox_of
from worker.channels import ChannelError, Interrupted, email
from worker.queue import call

log = logging.getLogger(__name__)

LASTS = dt.timedelta(days=1)


class MailboxForm(PublicForm):
    email = EmailField()

    def __init__(self, *args: Any, supporter: Supporter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supporter = supporter
        self.fields["email"].label = _("New e-mail address")

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if typed == self.supporter.email:
            raise ValidationError(_("This is the address that we know already."))
        return typed


@own_page
def change_mailbox(request: HttpRequest, key: PageKey) -> HttpResponse:
    """The same answer whatever mailbox it is: it learns more from the mail."""
    form = MailboxForm(request.POST or None, supporter=key.supporter)
    page = {"key": key, "form": form, "supporter": key.supporter}
    if request.method == "POST" and form.is_valid():
        wish(key.supporter, form.cleaned_data["email"])
        page["asked"] = form.cleaned_data["email"]
    status = 422 if form.errors else 200
    return render(request, "actions/my_page/mailbox.html", page, status=status)


def wish(supporter: Supporter, typed: str) -> None:
    """The last one that somebody gave is meant."""
    now = timezone.now()
    # One before it counts on, for what it was mailed today.
    before = NewMailbox.objects.filter(supporter=supporter, old_email="")
    before.update(ends_at=now, email="")
    NewMailbox.objects.create(
        supporter=supporter,
        email=typed,
        mailbox=mailbox_of(typed),
        language=get_language() or "en",
        asked_at=now,
        ends_at=now + LASTS,
    )
    call(TASK, [()])


@origin.public_post
@rates.limited("link")
@require_http_methods(["GET", "HEAD", "POST"])
def prove_mailbox(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail to it: a GET shows a button, its POST is the proof."""
    row = find(token)
    page: dict[str, Any] = {"email": row.email} if row else {"is_over": True}
    if row and request.method == "POST":
        page["is_free"] = prove(row)
    status = 200 if row else 410
    return mark_private(render(request, "actions/my_page/prove.html", page, status=status))


def find(token: str) -> NewMailbox | None:
    open_now = Q(link_hash=keys.hash_of(token), ends_at__gt=timezone.now())
    return NewMailbox.objects.filter(open_now).select_related("supporter").first()


@transaction.atomic
def prove(row: NewMailbox) -> bool:
    """It is theirs. False where somebody of their name has it already (actions.correcting.move)."""
    old = row.supporter.email
    # Of two presses one moves.
    mine = NewMailbox.objects.filter(pk=row.pk, link_hash=row.link_hash)
    if not mine.update(link_hash=None):
        return True
    if not move(row.supporter, row.email):
        row.delete()
        return False
    mine = NewMailbox.objects.filter(pk=row.pk)
    mine.update(old_email=old, tries=0, mailed_at=None, ends_at=timezone.now() + LASTS)
    transaction.on_commit(tell, robust=True)
    return True


def tell() -> None:
    call(TASK, [()])


def mail_all() -> int:
    """Ask the new ones, tell the old ones. How many mails left. May run twice, and at once."""
    waiting = NewMailbox.objects.filter(
        mailed_at=None, tries__lt=MOST_TRIES, ends_at__gt=timezone.now()
    )
    mailed = 0
    for row in waiting.select_related("supporter").order_by("pk"):
        # Whoever counts the try up makes it.
        counted = NewMailbox.objects.filter(pk=row.pk, tries=row.tries, mailed_at=None)
        if counted.update(tries=F("tries") + 1):
            mailed += tell_old(row) if row.old_email else ask_new(row)
    return mailed


def ask_new(row: NewMailbox) -> bool:
    """Mail it a link, if it may be mailed and was not asked enough today."""
    since = timezone.now() - dt.timedelta(days=1)
    asked = NewMailbox.objects.filter(
        Q(mailbox=row.mailbox) | Q(supporter=row.supporter), mailed_at__gt=since
    )
    if asked.count() >= UNPROVEN_MAILS_A_DAY or is_suppressed(row.mailbox):
        NewMailbox.objects.filter(pk=row.pk).update(mailed_at=row.asked_at)
        return False
    token = keys.new_token()
    NewMailbox.objects.filter(pk=row.pk).update(link_hash=keys.hash_of(token))
    with translation.override(row.language):
        url = settings.SITE_URL + reverse("actions:my_page_mailbox_prove", args=[token])
        subject = _("Is this your mailbox? %(who)s") % {"who": brand.current().name}
        return carry(row, "new_mailbox", subject, to=row.email, url=url)


def tell_old(row: NewMailbox) -> bool:
    """It gets no more of their mail, and is told so once."""
    if is_suppressed(mailbox_of(row.old_email)):
        row.delete()
        return False
    with translation.override(row.language):
        subject = _("Another mailbox is used now: %(who)s") % {"who": brand.current().name}
        is_told = carry(row, "old_mailbox", subject, to=row.old_email)
    if is_told:
        row.delete()
    return is_told


def carry(row: NewMailbox, template: str, subject: str, *, to: str, **context: Any) -> bool:
    letter = composed(template, subject, context, to=to, is_demo=row.supporter.is_demo)
    try:
        email.send(letter)
    except ChannelError as trouble:
        log.warning("A mail about a new mailbox could not leave: %s", type(trouble).__name__)
        return False
    except Interrupted:
        log.warning("Nobody can say whether a mail about a new mailbox left")
    NewMailbox.objects.filter(pk=row.pk).update(mailed_at=timezone.now())
    return True
