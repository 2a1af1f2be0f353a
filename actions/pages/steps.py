"""The steps of acting, each a POST to the campaign's page: where you live, which district, your
words, or a young voice.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from actions.models import Voice
from actions.pages import abuse, page_context, write
from actions.pages.addressees import Found, seek
from actions.pages.alternatives import show_elsewhere
from actions.pages.closed import show_closed
from actions.pages.forms import AddressForm, ChooseForm
from campaigns.models import Ask
from supporters.ages import ADULT_FROM, CHILD_UNDER

YOUNG_COOKIE = "take-action-step"


def take_step(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Answer a POST.

    Every step reads the earlier ones again from the form, so nothing is kept between them.
    """
    if not ask.campaign.is_open:
        return show_closed(request, ask)
    if request.POST.get("step") == "voice":
        return raise_voice(request, ask)
    form, as_typed = (
        AddressForm(request.POST, ask=ask),
        AddressForm(initial=request.POST.dict(), ask=ask),
    )
    wait_s = abuse.seconds_to_wait(request, "lookup")
    if wait_s:
        words = write.typed_words(request, ask)
        return abuse.patient(
            page_context.show(request, ask, "address", form=as_typed, carried=words, wait_s=wait_s),
            wait_s,
        )
    if request.POST.get("step") == "change":
        return page_context.show(
            request, ask, "address", form=as_typed, carried=write.typed_words(request, ask, form)
        )
    if not form.is_valid():
        return page_context.show(
            request, ask, "address", form=form, carried=write.typed_words(request, ask), status=422
        )
    if is_young(request, form):
        return show_child(request, ask)
    found = (
        seek(ask, form.address, chosen(request))
        if ask.has_targets and form.address
        else whereabouts(form)
    )
    if found.asks_state:
        form.ask_state(found.asks_state)
        words = write.typed_words(request, ask)
        return page_context.show(request, ask, "address", form=form, carried=words, status=422)
    if found.open_chambers or found.open_states:
        return ask_which(request, ask, form, found)
    if not found.is_addressed:
        return show_elsewhere(request, ask, found.state)
    is_minor = (form.cleaned_data.get("age") or ADULT_FROM) < ADULT_FROM
    if request.POST.get("step") == "write":
        return write.submit(request, ask, form, found, is_minor=is_minor)
    return write.show_blank(request, ask, form, found, is_minor=is_minor)


def chosen(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix("choice_"): str(value)
        for name, value in request.POST.items()
        if name.startswith("choice_")
    }


def whereabouts(form: AddressForm) -> Found:
    """A petition asks nobody in particular: only the state is wanted, for the count.

    Not finding it costs nothing.
    """
    return write.state_of(form.address) if form.address else Found()


def ask_which(request: HttpRequest, ask: Ask, form: AddressForm, found: Found) -> HttpResponse:
    """The state first where there are several; then what it leaves open, all on one page."""
    names = [f"choice_{chamber}" for chamber in found.open_chambers]
    was_asked = request.POST.get("asked", "") in ("", "state" if found.open_states else "districts")
    answered = request.POST.get("step") in ("choose", "write") and was_asked
    choose = ChooseForm(
        request.POST if answered else None, chambers=found.open_chambers, states=found.open_states
    )
    made = [(name, value) for name, value in write.choices_of(request) if name not in names]
    made = (
        [] if found.open_states else [*made, ("choice_state", found.home)] if found.home else made
    )
    asked = [("asked", "state" if found.open_states else "districts")]
    context: dict[str, Any] = {
        "form": choose,
        "carried": write.carried(form) + made + asked + write.typed_words(request, ask),
        "open_chambers": found.open_chambers,
        "open_states": found.open_states,
        "doubt": found.doubt,
    }
    return page_context.show(
        request, ask, "choose", status=422 if answered else 200, address=form.address, **context
    )


def is_young(request: HttpRequest, form: AddressForm) -> bool:
    """Under 13, now or in this browser session: going back and typing another age changes
    nothing.
    """
    age = form.cleaned_data.get("age")
    return age is not None and (age < CHILD_UNDER or request.COOKIES.get(YOUNG_COOKIE) == "1")


def show_child(request: HttpRequest, ask: Ask) -> HttpResponse:
    """A page that asks nothing.

    The cookie says only "this step again" and ends with the browser session.
    """
    response = page_context.show(request, ask, "child", token=abuse.new_token(ask.pk).sign())
    response.set_cookie(
        YOUNG_COOKIE, "1", httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def raise_voice(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Count a young voice: a day and a number, nothing else."""
    wait_s = abuse.seconds_to_wait(request, "act", key=str(ask.pk))
    if wait_s:
        return abuse.too_many(request, wait_s)
    token = abuse.read_token(request.POST.get("token", ""), ask.pk)
    if token is None:
        return show_child(request, ask)
    Voice.objects.get_or_create(
        idempotency_key=token.key, defaults={"ask": ask, "raised_on": timezone.localdate()}
    )
    return HttpResponseRedirect(page_context.thanks_url(ask, voice=1), status=303)
