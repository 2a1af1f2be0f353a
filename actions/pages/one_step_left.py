"""The page after the form: the answer to its own POST, headed by the step that is left.

It is made from what was typed alone, so it is the same for a mailbox that is new, known, suppressed
or has had its mails for today: only the mailbox learns the difference.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actions.letters.fates import Fates
from actions.pages.person_forms import PersonForm
from campaigns import words
from campaigns.models import Ask
from supporters import mail_domains

# Asked for anew by the form in which the mailbox is corrected; all else goes along as it was sent.
ASKED_ANEW = ("email", "step", "corrects")


def show_one_step_left(
    request: HttpRequest, ask: Ask, form: PersonForm, fates: Fates
) -> HttpResponse:
    """For a form that was taken. The address stands in full: whoever typed it has to see a slip."""
    email = form.cleaned_data["email"]
    # As the mail went, not as it was pasted ("Nora <nora@example.org>;").
    form.data = {**dict(form.data.items()), "email": email}
    context = {
        "ask": ask,
        "campaign": ask.campaign,
        "words": words.of(ask.campaign),
        "form": form,
        "fates": fates,
        "email": email,
        "meant": mail_domains.meant(email),
        # With whatever is in the address line, such as where they came from.
        "here": request.get_full_path(),
        # In another language this page would be an empty form, and what was sent would seem lost.
        "languages": [],
        "carried": [(n, value) for n, value in request.POST.items() if n not in ASKED_ANEW],
    }
    return render(request, "actions/one_step_left.html", context)
