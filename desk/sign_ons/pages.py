"""The sign-on letters' own pages: all of them, a new one, what one is about, its deadline."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from actions.models import Signatory
from actions.sign_ons import mails, showing
from actions.sign_ons.pages import deadline_of, sign_on_page
from campaigns import words
from campaigns.models import SignOn, SignOnWords
from campaigns.publications import files
from desk.access import needs
from desk.newer_version import in_turn
from desk.publishing import pages
from desk.publishing.beginning import new_page
from desk.publishing.kinds import Kind
from desk.sign_ons.forms import AboutForm, DeadlineForm, SignOnForm
from desk.sign_ons.ready import not_ready
from desk.sorting import Column, Table

COLUMNS = [
    Column("title", gettext_lazy("Title")),
    Column("deadline", gettext_lazy("Open until"), by="closes_at", falls=True),
    Column("organizations", gettext_lazy("Organizations"), is_number=True),
    Column("waiting", gettext_lazy("To decide"), is_number=True),
    Column("standing", gettext_lazy("Public")),
]


def tell_of_change(letter: SignOn, row: SignOnWords, form: SignOnForm) -> None:
    """A summary, or a new translation, is nothing that was signed."""
    if form.number and form.changes_what_was_signed:
        tell(letter, row, form.cleaned_data["correction"])


def tell_of_file(letter: SignOn, row: SignOnWords, said: str, is_first: bool) -> None:
    """Of a file that was filed once the letter was handed over nobody is mailed."""
    if not letter.is_delivered:
        tell(letter, row, said, adds_pdf=is_first)


def tell(letter: SignOn, row: SignOnWords, said: str, *, adds_pdf: bool = False) -> None:
    """Whoever signed what it said before, once for each sentence."""
    mark = hashlib.sha256(f"{row.pk}:{len(row.corrections)}:{said}".encode()).hexdigest()[:12]
    mails.letter_changed(letter, said, mark, adds_pdf=adds_pdf)


KIND = Kind(
    name="sign_on",
    model=SignOn,
    form=SignOnForm,
    title=lambda letter: words.of(letter).title,
    page=sign_on_page,
    public_name="actions:sign_on",
    listing=("desk:sign_ons", gettext_lazy("Sign-on letters")),
    markdown="text",
    more=(
        ("_about", gettext_lazy("What it is about")),
        ("_files", gettext_lazy("Files")),
        ("_deadline", gettext_lazy("Deadline")),
        ("_organizations", gettext_lazy("Organizations"), "see_supporters"),
        ("_delivery", gettext_lazy("Delivery")),
    ),
    not_ready=not_ready,
    saved=tell_of_change,
    signers=showing.number_signed,
    mailed=lambda letter: 0 if letter.is_delivered else mails.number_mailed(letter),
    told=tell_of_file,
    # It says what organizations had signed before.
    may_strike=lambda letter: not showing.number_signed(letter),
    delete=files.delete_with_files,
)
new_sign_on = new_page(
    KIND,
    gettext_lazy("New sign-on letter"),
    then=lambda request, letter: redirect("desk:sign_on_deadline", letter.slug),
)


@needs("run_campaigns")
@require_safe
def sign_ons(request: HttpRequest) -> HttpResponse:
    """All of them, drafts too, the latest deadline first."""
    table = Table(request, COLUMNS, usual="-deadline")
    context = table.by_number(SignOn.objects.prefetch_related("words"))
    letters = list(context["rows"])
    waiting = Signatory.objects.filter(state=Signatory.State.WAITING, sign_on__in=letters)
    numbers = dict(waiting.order_by().values_list("sign_on").annotate(number=Count("pk")))
    context["rows"] = [
        {"card": card, "deadline": deadline_of(card.letter), "waiting": numbers.get(card.letter.pk)}
        for card in showing.cards(letters)
    ]
    return render(request, "desk/sign_ons/list.html", context)


about = pages.about_page(KIND, AboutForm)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(SignOn)
def deadline(request: HttpRequest, slug: str) -> HttpResponse:
    """Until when it takes signatures: set, put off, closed now; `do` says which. 422 for what
    cannot be done.
    """
    letter = letter_of(slug)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = DeadlineForm(request.POST if do == "set" else None, letter=letter)
    if changed(request, letter, do, form):
        return redirect(request.path)
    context = pages.frame(KIND, letter, tab="_deadline") | {
        "letter": letter,
        "form": form,
        "deadline": deadline_of(letter),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/sign_ons/deadline.html", context, status=status)


def changed(request: HttpRequest, letter: SignOn, do: str, form: DeadlineForm) -> bool:
    """Whether anything was asked for that could be done."""
    author, detail = request.user.get_username(), {}
    if do == "close" and letter.is_open:
        letter.closed_at = timezone.now()
        messages.success(request, _("Closed. A later deadline opens it again."))
    elif do == "set" and not letter.is_delivered and form.is_valid():
        # It opens again where it had closed.
        letter.closes_at, letter.closes_zone = form.instant, form.cleaned_data["closes_zone"]
        letter.closed_at = None
        for time in form.twice():
            said = _("Clocks show %(time)s twice that night: the first is meant.")
            messages.info(request, said % {"time": time})
        detail = {"at": str(form.instant), "zone": letter.closes_zone}
        messages.success(request, _("Saved. It closes by itself at that time."))
    else:
        return False
    letter.save(update_fields=["closes_at", "closes_zone", "closed_at"])
    audit.record(
        author, f"sign_on.{'close' if do == 'close' else 'deadline'}", letter.slug, **detail
    )
    return True


def letter_of(slug: str) -> Any:
    """With its words. Raises Http404."""
    return pages.found(KIND, slug)
