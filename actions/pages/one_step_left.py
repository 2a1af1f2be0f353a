"""The page after the form: the answer to its own POST, headed by the step that is left.

It is made from what was typed alone, so it is the same for a mailbox that is new, known, suppressed
or has had its mails for today: only the mailbox learns the difference.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from actions.letters.fates import Fates
from actions.pages import page_context
from actions.pages.person_forms import PersonForm
from campaigns import kept, words
from campaigns.models import Ask
from supporters import mail_domains

# Asked for anew by the form in which the mailbox is corrected; all else goes along as it was sent.
ASKED_ANEW = ("email", "step", "corrects")


def show_one_step_left(
    request: HttpRequest, ask: Ask, form: PersonForm, fates: Fates
) -> HttpResponse:
    """For a form that was taken. The address stands in full: whoever typed it has to see a slip."""
    page = kept.of(
        ("one step left", ask.pk, get_language(), fates),
        lambda: page_context.for_everybody(
            request, drawn(request, page_context.found_again(ask), form, fates)
        ),
    )
    email = form.cleaned_data["email"]
    carried = [(n, value) for n, value in request.POST.items() if n not in ASKED_ANEW]
    own = {
        # With whatever is in the address line, such as where they came from.
        "here": escape(request.get_full_path()),
        # As the mail went, not as it was pasted ("Nora <nora@example.org>;").
        "email": escape(email),
        "carried": render_to_string("actions/_carried.html", {"carried": carried}),
    }
    meant = mail_domains.meant(email)
    offer = render_to_string("actions/_meant.html", own | {"meant": meant}) if meant else ""
    return HttpResponse(page.filled(**own, offer=offer))


def drawn(request: HttpRequest, ask: Ask, form: PersonForm, fates: Fates) -> kept.Drawn:
    """The page around what was typed."""
    # Of the form there is one field on it, and nothing of it here.
    form.data = {"email": kept.gap("email")}
    context = {
        "ask": ask,
        "campaign": ask.campaign,
        "words": words.of(ask.campaign),
        "form": form,
        "fates": fates,
        **{name: kept.gap(name) for name in ("here", "email", "carried", "offer")},
        # In another language this page would be an empty form, and what was sent would seem lost.
        "languages": [],
    }
    return kept.draw("actions/one_step_left.html", context, request)
