"""An ask that reaches nobody for all that was typed: no letter to no one, and no dead end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from actions.offices import office_name
from actions.pages import page_context
from actions.pages.address_forms import vacancy_in_words
from actions.pages.addressees import FirstStep
from actions.pages.alternatives import alternatives
from actions.pages.carried import address_and_choices, letter_words, typed_words
from campaigns.models import Ask


def show_nobody(request: HttpRequest, first: FirstStep) -> HttpResponse:
    """Why, how to find somebody, and what else there is to do; with every word kept."""
    ask, found = first.ask, first.found
    was_written = request.POST.get("step") in ("write", "read")
    typed = typed_words(request, ask, first.form if was_written else None)
    # No choice is carried: whoever goes on is asked once more.
    carried = [*address_and_choices(first.form), *typed]
    return page_context.show(
        request,
        ask,
        "nobody",
        status=422 if was_written else 200,
        is_unsure=bool(found.left_open),
        has_street=bool(first.address and first.address.street),
        empty=[(office_name(each.seat), vacancy_in_words(each)) for each in found.places],
        carried=carried,
        kept_text=letter_words(typed) if ask.kind == Ask.Kind.LETTER else "",
        alternatives=alternatives(ask, found.state),
    )
