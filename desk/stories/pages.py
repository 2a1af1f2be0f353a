"""The list, one story, and what is decided about it. Whoever opens one stands in the audit log, and
no word of it does; nothing that is typed here is kept as a draft.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.looks import lines_about, note_look
from accounts.models import User
from actions.models import Story
from actions.stories import reviewing, taking_back, telling
from campaigns import brand
from campaigns.models import Brand
from desk.access import needs
from desk.paging import page_by_key
from desk.stories.forms import (
    ApproveForm,
    EntryForm,
    HandOnForm,
    ProposeForm,
    RefuseForm,
    WithdrawForm,
)

RIGHT, SEEN = "review_stories", "story seen"
LINES = 20
MEANWHILE = gettext_lazy("It stands otherwise by now: look again.")


def visible(user: Any) -> QuerySet[Story]:
    """What a reviewer may read: nothing before its mailbox answered. A demonstration account, which
    anybody opens, reads what was told to the demonstration.
    """
    found = Story.objects.exclude(state=Story.State.SENT)
    return found.filter(is_demo=True) if user.is_demo else found


def found(request: HttpRequest, pk: int) -> Story:
    """With a line in the audit log. Raises Http404."""
    # Noted before anything is shown, and for every form about it too.
    row: Story = get_object_or_404(visible(request.user).select_related("issue"), pk=pk)
    note_look(author(request).get_username(), str(row), deed=SEEN)
    return row


def author(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@require_safe
@needs(RIGHT)
def stories(request: HttpRequest) -> HttpResponse:
    """By their state; what waits comes first. No text, and no name."""
    state = request.GET.get("state", "")
    state = state if state in Story.State.values else Story.State.WAITING
    rows = visible(request.user).filter(state=state).select_related("issue", "first_by")
    # A list is no look at a story: nothing that it could show is read.
    rows = rows.defer("text", "proposed")
    context = page_by_key(rows, request.GET.get("before", ""))
    context |= {
        "state": state,
        "states": [(one, one.label) for one in Story.State if one != Story.State.SENT],
        "takes": brand.current().takes_stories,
        "is_open": telling.is_open(),
    }
    return render(request, "desk/stories/list.html", context)


@require_POST
@needs(RIGHT)
@transaction.atomic
def take(request: HttpRequest) -> HttpResponse:
    """Opens the public form, or closes it."""
    takes = request.POST.get("takes") == "yes"
    row = Brand.objects.select_for_update().order_by("pk").first()
    if row is None:
        messages.error(request, _("First say who you are, on the organization’s page."))
        return redirect("desk:stories")
    Brand.objects.filter(pk=row.pk).update(takes_stories=takes)
    audit.record(author(request).get_username(), "stories taken", "form", takes=takes)
    messages.success(request, _("The form is open.") if takes else _("The form is closed."))
    return redirect("desk:stories")


@needs(RIGHT)
@require_http_methods(["GET", "POST"])
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be known before it, then the text; `do` says what a POST decides. 422 where the
    form lacks something.
    """
    row = found(request, pk)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    given = {"notes": row.notes}
    forms = {
        "approve": ApproveForm(request.POST if do == "approve" else None, initial=given),
        "refuse": RefuseForm(request.POST if do == "refuse" else None),
        "hand_on": HandOnForm(request.POST if do == "hand_on" else None),
    }
    form = forms.get(do)
    if form is not None and form.is_valid():
        decide(request, row, do, form.cleaned_data)
        return redirect(request.path)
    context = {
        "story": row,
        "forms": forms,
        "is_first": row.first_by_id == request.user.pk,
        "lines": lines_about(str(row))[:LINES],
        "consents": row.consents.all(),
    }
    status = 422 if form is not None else 200
    return render(request, "desk/stories/story.html", context, status=status)


def decide(request: HttpRequest, row: Story, do: str, data: dict[str, Any]) -> None:
    by = author(request)
    try:
        if do == "approve":
            read = request.POST.get("read", "")
            after = reviewing.approve(row, data["notes"], by=by, read=read)
            is_second = after.state == Story.State.APPROVED
            said = _("Approved by two.") if is_second else _("Noted. Another person looks next.")
        elif do == "refuse":
            reviewing.refuse(row, data["because"], by=by)
            said = _("Refused. Its teller is told, and it is deleted after thirty days.")
        else:
            reviewing.hand_on(row, data["to"], by=by)
            said = _("Written down; its teller sees it.")
    except reviewing.SamePerson:
        messages.error(request, _("You were the first: the second is somebody else."))
    except (reviewing.NotNow, Story.DoesNotExist):
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, said)


@needs(RIGHT)
@require_http_methods(["GET", "POST"])
def story_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, for its teller to say yes to."""
    row = found(request, pk)
    words = row.proposed or {"title": row.title, "text": row.text}
    form = ProposeForm(request.POST or None, initial=words)
    if form.is_valid():
        data = form.cleaned_data
        try:
            by = author(request)
            reviewing.propose(row, title=data["title"], text=data["text"], by=by)
            messages.success(request, _("Its teller is asked. Nothing is shown meanwhile."))
        except (reviewing.NotNow, Story.DoesNotExist):
            messages.error(request, MEANWHILE)
        return redirect("desk:story", pk)
    context = {"story": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "desk/stories/words.html", context, status=status)


@needs(RIGHT)
@require_http_methods(["GET", "POST"])
def story_new(request: HttpRequest) -> HttpResponse:
    """What somebody told here, by telephone or on paper."""
    form = EntryForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        row = telling.enter(data, language=data["language"], by=author(request))
        messages.success(request, _("Entered. Two people look at it now."))
        return redirect("desk:story", row.pk)
    status = 422 if form.errors else 200
    return render(request, "desk/stories/new.html", {"form": form}, status=status)


@needs(RIGHT)
@require_http_methods(["GET", "POST"])
def story_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """For a teller who calls or writes."""
    row = found(request, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        by = author(request).get_username()
        taking_back.withdraw(row, by=by, how=form.cleaned_data["how"])
        messages.success(request, _("Deleted, with everything that was noted about it."))
        return redirect("desk:stories")
    context = {"story": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "desk/stories/withdraw.html", context, status=status)
