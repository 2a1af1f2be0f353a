"""What an office's own form takes: said here by whoever has looked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from desk.access import needs
from desk.mail.seat_page import found_seat, show_seat
from legislators.models import OfficeLimit, Seat

# Less than that is no letter, and more needs no limit.
LEAST, MOST = 100, 50_000


class LimitForm(forms.Form):
    characters = forms.IntegerField(
        required=False,
        min_value=LEAST,
        max_value=MOST,
        label=gettext_lazy("Characters"),
        help_text=gettext_lazy("At most, as the form or its page says. Empty: it does not say."),
    )
    words = forms.IntegerField(
        required=False, min_value=20, max_value=MOST // 5, label=gettext_lazy("Words")
    )


@require_POST
@needs("manage_officials")
def limit(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Both empty: none is known any more."""
    seat, form, author = found_seat(seat_id), LimitForm(request.POST), request.user.get_username()
    if not form.is_valid():
        return show_seat(request, seat, limit_form=form, status=422)
    save(seat, form.cleaned_data, author=author)
    messages.success(request, _("Saved. Supporters read it beside the letter that they write."))
    return redirect("desk:seat", seat.pk)


@transaction.atomic
def save(seat: Seat, most: dict[str, Any], *, author: str) -> None:
    # One row says both: a form that counts words and characters refuses by either.
    if any(most.values()):
        OfficeLimit.objects.update_or_create(seat=seat, defaults={**most, "said_by": author[:254]})
    else:
        OfficeLimit.objects.filter(seat=seat).delete()
    audit.record(author, "office limit", f"seat {seat.pk}", **most)
