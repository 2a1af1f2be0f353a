"""The steps of acting, each a POST to the campaign's page: where you live, which district, your
words, or a young voice.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from actions.models import Voice
from actions.pages import carried, page_context, seen, write
from actions.pages.address_forms import AddressForm, ChooseForm
from actions.pages.addressees import FirstStep, Found, find_addressees
from actions.pages.alternatives import show_elsewhere
from actions.pages.closed import show_closed
from actions.pages.district_choice import questions
from actions.pages.from_abroad import show_abroad
from actions.pages.nobody import show_nobody
from actions.pages.prefilled import fill_in
from actions.pages.young import is_young, remember_young
from actions.screening import machines, rates
from campaigns.models import Ask
from supporters.ages import ADULT_FROM


def take_step(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Answer a POST.

    Every step reads the earlier ones again from the form, so nothing is kept between them.
    """
    step = request.POST.get("step")
    if not ask.campaign.is_open:
        return show_closed(request, ask)
    if step == "voice":
        return raise_voice(request, ask)
    if step == "prefill":
        return fill_in(request, ask)
    if step == "together" and ask.kind == Ask.Kind.PETITION:
        return show_together(request, ask)

    form = AddressForm(request.POST, ask=ask)
    # Counted before anything is looked up, which is what costs.
    wait_s = rates.seconds_to_wait(request, "lookup")
    if wait_s:
        answer = show_address(request, as_typed(request, ask), wait_s=wait_s)
        return rates.patient(answer, wait_s)
    # Back to the address, whatever stands in it: nothing of it is judged.
    if step == "change":
        return show_address(request, as_typed(request, ask), leaves_ours=form)
    if step == "abroad" and ask.has_targets:
        return show_abroad(request, ask)
    if step == "home":
        return show_address(request, at_home(request, ask))
    if step == "begin" and ask.campaign.asks_age:
        return begin(request, ask)
    if not form.is_valid():
        return show_address(request, form, status=422)

    # The first step of the form, or both at once; again if they go back, so it is approximate.
    if step == "address" or "together" in request.POST:
        seen.note_start(request, ask)
    age = form.cleaned_data.get("age")
    if age is not None and is_young(request, age):
        child = show_child(request, ask)
        # Whoever tries a preview with a child's age may go on with another.
        return child if ask.campaign.preview else remember_young(request, child, age)
    return go_on(request, ask, form)


def go_on(request: HttpRequest, ask: Ask, form: AddressForm) -> HttpResponse:
    """From a good address to the words, by way of the districts where it is in doubt."""
    found = find_addressees(ask, form, carried.choices(request))
    if found.asks_state:
        form.ask_state(found.asks_state)
        return show_address(request, form, status=422)
    if found.open_chambers or found.open_states:
        return ask_which(request, ask, form, found)
    if not found.is_addressed:
        words = carried.typed_words(request, ask)
        handed_on = [*carried.address_and_choices(form), *words]
        is_abroad = form.is_abroad
        return show_elsewhere(request, ask, found.state, handed_on, is_abroad=is_abroad)

    age = form.cleaned_data.get("age")
    first = FirstStep(ask, form, found, is_minor=age is not None and age < ADULT_FROM)
    if first.reaches_nobody:
        return show_nobody(request, first)
    if request.POST.get("step") == "write":
        return write.submit(request, first)
    if request.POST.get("step") == "read" and ask.kind == Ask.Kind.LETTER:
        return write.read(request, first)
    return write.show_blank(request, first)


def begin(request: HttpRequest, ask: Ask) -> HttpResponse:
    """From another page of ours that knows the address already: the first step filled in, with the
    districts that were chosen there.
    """
    handed_on = [
        *carried.as_fields(carried.choices(request)),
        carried.bound_to(request),
        *carried.typed_words(request, ask),
    ]
    return page_context.show(
        request, ask, "address", form=as_typed(request, ask), carried=handed_on, is_filled=True
    )


def as_typed(request: HttpRequest, ask: Ask) -> AddressForm:
    """With what was typed in it, and no complaint."""
    return AddressForm(initial=request.POST.dict(), ask=ask)


def at_home(request: HttpRequest, ask: Ask) -> AddressForm:
    """Who said that they live abroad has an address in the United States after all."""
    typed = {name: text for name, text in request.POST.items() if name not in ("country", "zip")}
    return AddressForm(initial=typed, ask=ask)


def show_address(
    request: HttpRequest,
    form: AddressForm,
    *,
    leaves_ours: AddressForm | None = None,
    **context: Any,
) -> HttpResponse:
    """The first step, with the words that were typed already carried along. `leaves_ours`: the form
    as it was sent, by which our own words are told from theirs.
    """
    words = carried.typed_words(request, form.ask, leaves_ours)
    return page_context.show(request, form.ask, "address", form=form, carried=words, **context)


def ask_which(request: HttpRequest, ask: Ask, form: AddressForm, found: Found) -> HttpResponse:
    """The state first where there are several; then what it leaves open, all on one page."""
    question = "state" if found.open_states else "districts"
    # An answer to the question before this one is no wrong answer to this one.
    was_asked = request.POST.get("asked", "") in ("", question)
    answered = was_asked and request.POST.get("step") in ("choose", "write", "read")
    choose = ChooseForm(
        request.POST if answered else None, chambers=found.open_chambers, states=found.open_states
    )
    handed_on = [
        *carried.address_and_choices(form),
        *settled_choices(request, found),
        ("asked", question),
        *carried.typed_words(request, ask),
    ]
    return page_context.show(
        request,
        ask,
        "choose",
        status=422 if answered else 200,
        address=form.address,
        form=choose,
        carried=handed_on,
        open_chambers=found.open_chambers,
        open_states=found.open_states,
        is_somebody_sure=bool(found.readers),
        doubt=found.doubt,
        street_words=found.street_words,
        near_streets=found.near_streets,
        questions=questions(choose, found.open_chambers, form.address.zip if form.address else ""),
    )


def settled_choices(request: HttpRequest, found: Found) -> list[tuple[str, str]]:
    """What was chosen before and is not asked on this page; with the state that it came to."""
    if found.open_states:
        return []
    made = {
        chamber: choice
        for chamber, choice in carried.choices(request).items()
        if chamber not in found.open_chambers
    }
    if found.home:
        made["state"] = found.home
    return carried.as_fields(made)


def show_together(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Both steps of a petition on one page, for a script that puts them there. What they send is
    the second step, which reads the first one again.
    """
    return page_context.show(
        request, ask, "together", form=AddressForm(ask=ask), person=write.blank_petition(ask)
    )


def show_child(request: HttpRequest, ask: Ask) -> HttpResponse:
    """A page that asks nothing, and leads nowhere else."""
    return page_context.show(request, ask, "child", token=machines.new_token(ask.pk).sign())


def raise_voice(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Count a young voice: a day and a number, nothing else."""
    wait_s = rates.seconds_to_wait(request, "act", key=str(ask.pk))
    if wait_s:
        return rates.too_many(request, wait_s)
    if ask.campaign.preview:
        return page_context.show(request, ask, "previewed")
    token = machines.read_token(request.POST.get("token", ""), ask.pk)
    if token is None:
        return show_child(request, ask)
    # The form's key makes a second press the same voice.
    Voice.objects.get_or_create(
        idempotency_key=token.key, defaults={"ask": ask, "raised_on": timezone.localdate()}
    )
    return HttpResponseRedirect(page_context.thanks_url(ask), status=303)
