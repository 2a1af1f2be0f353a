"""Organizations on a letter: looked at, approved or declined together, added, taken off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from actions.models import Signatory
from actions.sign_ons import deciding, showing
from actions.typed_numbers import typed_number
from campaigns.models import SignOn
from desk.access import needs
from desk.newer_version import in_turn
from desk.publishing import pages
from desk.sign_ons.alike import mailbox_hint, others_like
from desk.sign_ons.forms import AddForm, DeclineForm
from desk.sign_ons.pages import KIND, letter_of
from desk.supporters import csv_cells

State = Signatory.State
SHOWN = (State.WAITING, State.APPROVED, State.DECLINED, State.WITHDRAWN)
RIGHTS = ("run_campaigns", "see_supporters")


@needs(*RIGHTS)
@require_http_methods(["GET", "POST"])
@in_turn(SignOn)
def organizations(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that wait, then the list; `do` says what becomes of the chosen ones. 422 without a
    reason, or without a choice.
    """
    letter = letter_of(slug)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = DeclineForm(request.POST if do == "decline" else None)
    chosen = [number for typed in request.POST.getlist("one") if (number := typed_number(typed))]
    if do and not chosen:
        messages.error(request, _("Choose at least one first."))
    elif do and decided(request, letter, do, chosen, form):
        return redirect(request.path)
    context = (
        pages.frame(KIND, letter, tab="_organizations")
        | shown(letter)
        | {
            "letter": letter,
            "form": form,
            "chosen": chosen,
        }
    )
    return render(request, "desk/sign_ons/organizations.html", context, status=422 if do else 200)


def shown(letter: SignOn) -> dict[str, Any]:
    """By state, each row with its hints. Three queries."""
    rows = list(Signatory.objects.filter(sign_on=letter, state__in=SHOWN).in_order())
    alike = others_like(row for row in rows if row.state == State.WAITING)
    by_state: dict[str, list[dict[str, Any]]] = {state: [] for state in SHOWN}
    for row in rows:
        mailbox = mailbox_hint(row) if row.state == State.WAITING else ""
        hint = {"row": row, "alike": alike.get(row.pk, []), "mailbox": mailbox}
        by_state[row.state].append(hint)
    unconfirmed = Signatory.objects.filter(sign_on=letter, state=State.UNCONFIRMED)
    return {
        "waiting": by_state[State.WAITING],
        "approved": by_state[State.APPROVED],
        "gone": [*by_state[State.DECLINED], *by_state[State.WITHDRAWN]],
        "unconfirmed": unconfirmed.count(),
    }


def decided(
    request: HttpRequest, letter: SignOn, do: str, chosen: list[int], form: DeclineForm
) -> bool:
    """Whether it could be done; says how many it was done with."""
    author = request.user.get_username()
    if do == "approve":
        number = deciding.approve(letter, chosen, author=author)
        said = ngettext(
            "%d organization stands on the list now and is told.",
            "%d organizations stand on the list now and are told.",
            number,
        )
    elif do == "decline" and form.is_valid():
        number = deciding.decline(letter, chosen, form.cleaned_data["reason"], author=author)
        said = ngettext(
            "%d organization is declined and told why.",
            "%d organizations are declined and told why.",
            number,
        )
    elif do == "take-off":
        number = deciding.take_off(letter, chosen, author=author)
        said = ngettext(
            "%d organization is off the list.", "%d organizations are off the list.", number
        )
    else:
        return False
    if number:
        messages.success(request, said % number)
    else:
        messages.info(request, _("Nothing changed: that was decided before."))
    return True


@needs(*RIGHTS)
@require_http_methods(["GET", "POST"])
@in_turn(SignOn)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """One whose yes came by another way, with what shows it."""
    letter = letter_of(slug)
    form = AddForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = form.save(commit=False)
        deciding.add(letter, row, author=request.user.get_username())
        messages.success(request, _("%s stands on the list now.") % row.organization)
        for other, why in others_like([row])[row.pk]:
            said = _("Look: %(other)s stands there too, with %(why)s.")
            messages.warning(request, said % {"other": other.organization, "why": why})
        return redirect(KIND.url("_organizations", letter))
    context = pages.frame(KIND, letter, tab="_organizations") | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "desk/sign_ons/add.html", context, status=status)


@needs("run_campaigns")
@require_safe
def csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The public list and nothing that it does not show."""
    letter = letter_of(slug)
    heads = ["Organization", "Kind", "City", "State", "Representative"]
    rows = [
        (row.organization, row.get_kind_display(), row.city, row.us_state, showing.person_of(row))
        for row in showing.on_list(letter)
    ]
    cells = [[csv_cells.text(str(cell)) for cell in row] for row in rows]
    return HttpResponse(
        csv_cells.BYTE_ORDER_MARK.encode() + csv_cells.lines([heads, *cells]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{letter.slug}.csv"'},
    )
