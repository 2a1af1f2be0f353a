"""Bringing a file in: what it is, its columns, a look at what would become of it, then it is read;
and taken back as a whole.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from desk.access import needs
from desk.imports import job
from desk.imports.columns import FIELDS
from desk.imports.forms import ColumnsForm, UploadForm
from desk.imports.keeping import Became
from desk.imports.reading import Unreadable
from desk.imports.uploading import take_in, throw_away
from desk.models import Import
from desk.sorting import Column, Table

State = Import.State
GOING = (State.LOOKING, State.RUNNING, State.UNDOING)
COLUMNS = [
    Column("asked", gettext_lazy("Brought in"), by="pk", falls=True),
    Column("by", gettext_lazy("By"), by="author__name"),
    Column("kind", gettext_lazy("What"), by="kind"),
    Column("state", gettext_lazy("State"), by="state"),
]


@needs("export_supporters")
def imports(request: HttpRequest) -> HttpResponse:
    """What was brought in, by whom and whence, and the form for another."""
    if request.method != "POST":
        return show_imports(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_imports(request, form, status=422)
    author = request.user
    assert isinstance(author, User)
    try:
        made = take_in(form.cleaned_data["file"], author=author, **form.said())
    except Unreadable as error:
        form.add_error("file", str(error))
        return show_imports(request, form, status=422)
    return redirect("desk:import", made.public_id)


def show_imports(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    table = Table(request, COLUMNS, usual="-asked", at=reverse("desk:imports"))
    context = {"form": form} | table.by_number(Import.objects.select_related("author"))
    return render(request, "desk/imports/list.html", context, status=status)


@needs("export_supporters")
def one_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Its columns while they are to be chosen; then how far it is, and what became of it."""
    of = found(public_id)
    if request.method != "POST":
        return show_import(request, of, ColumnsForm(of=of))
    form = ColumnsForm(request.POST, of=of)
    if not form.is_valid():
        return show_import(request, of, form, status=422)
    if of.state not in (State.UPLOADED, State.LOOKED):
        messages.error(request, _("It was read in, or thrown away, meanwhile."))
        return redirect("desk:import", public_id)
    # Chosen anew as often as they like: nothing is kept before it is read in.
    Import.objects.filter(pk=of.pk).update(mapping=form.mapping())
    begin(request, of, State.LOOKING, "import looked through")
    return redirect("desk:import", public_id)


def show_import(
    request: HttpRequest, of: Import, form: ColumnsForm, *, status: int = 200
) -> HttpResponse:
    numbers = of.numbers
    context: dict[str, Any] = {
        "import": of,
        "form": form,
        "chooses": of.state == State.UPLOADED or status == 422,
        "is_going": of.state in GOING,
        "may_undo": of.state in (State.DONE, State.FAILED),
        "became": [(kind.label, numbers[kind]) for kind in Became if numbers.get(kind)],
        "faults": [(row, FIELDS.get(field, field), said) for row, field, said in of.faults],
        "keeps": any(numbers.get(kind) for kind in (Became.NEW, Became.KNOWN)),
    }
    return render(request, "desk/imports/import.html", context, status=status)


@require_POST
@needs("export_supporters")
def deed(request: HttpRequest, public_id: UUID, deed: str) -> HttpResponse:
    """Read it in, throw it away, or take all of it back."""
    of = found(public_id)
    done = False
    if deed == "read-in":
        done = begin(request, of, State.RUNNING, "import begun")
    elif deed == "undo":
        done = begin(request, of, State.UNDOING, "import to be undone")
    elif deed == "throw-away":
        done = throw_away(of, author=request.user.get_username())
    if not done:
        messages.error(request, _("Somebody was quicker: look at what it is now."))
    return redirect("desk:import", public_id)


def begin(request: HttpRequest, of: Import, state: str, what: str) -> bool:
    return job.begin(of, state, author=request.user.get_username(), deed=what)


def found(public_id: UUID) -> Import:
    """This import, or a 404."""
    return get_object_or_404(Import.objects.select_related("author", "ask"), public_id=public_id)
