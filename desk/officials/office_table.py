"""Many offices of our own at once, from a table (CSV): shown row by row before any is added.

Nothing typed is lost: rows that cannot be added stay in the box, each with what is wrong.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from desk.access import needs
from desk.officials.office_forms import OfficeForm, row_as_typed
from desk.officials.offices import add

AT_MOST_ROWS = 500
AT_MOST_BYTES = 1_000_000
NEEDED = ("office", "title", "serves", "source")


@dataclass
class TableRow:
    """One row as it was typed, and what is wrong with it."""

    number: int
    typed: dict[str, str]
    form: OfficeForm
    errors: list[str] = field(default_factory=list)


class BadTable(Exception):
    """It cannot be read as a table of offices. The message says why."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage_officials")
def many(request: HttpRequest) -> HttpResponse:
    """Paste or choose a table, look at it, add it. 422 while something is wrong."""
    context: dict[str, object] = {"columns": OfficeForm.columns, "needed": NEEDED, "text": ""}
    if request.method != "POST":
        return render(request, "desk/officials/office_table.html", context)
    try:
        context["text"] = text_of(request)
        rows = read(str(context["text"]))
    except BadTable as bad:
        context["bad"] = str(bad)
        return render(request, "desk/officials/office_table.html", context, status=422)
    good, wrong = split(rows)
    if request.POST.get("do") == "add" and good:
        add_all(good, author=request.user.get_username())
        done = ngettext("%d office is added.", "%d offices are added.", len(good)) % len(good)
        messages.success(request, done)
        if not wrong:
            return redirect("desk:custom_offices")
        context["text"], good = written([row.typed for row in wrong]), []
    context |= {"rows": rows if good else wrong, "good": len(good), "wrong": len(wrong)}
    status = 422 if wrong else 200
    return render(request, "desk/officials/office_table.html", context, status=status)


def text_of(request: HttpRequest) -> str:
    """Of the file that was chosen, else of the box. Raises BadTable."""
    chosen = request.FILES.get("file")
    if chosen is None:
        return request.POST.get("text", "")
    if (chosen.size or 0) > AT_MOST_BYTES:
        raise BadTable(_("The file is larger than a megabyte."))
    try:
        # Excel begins a file with a mark, which is no part of the first column's name.
        return chosen.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable(_("Save the file as UTF-8 first.")) from None


def read(text: str) -> list[TableRow]:
    """Raises BadTable."""
    first = text.lstrip().partition("\n")[0]
    # Whatever the spreadsheet writes: where the comma is in numbers, Excel's CSV has semicolons.
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text.lstrip()), delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or []]
        reader.fieldnames = names
        found = [row for row in reader if not is_blank(row)]
    except csv.Error as error:
        raise BadTable(_("It is no table: %s") % error) from error
    if missing := [name for name in NEEDED if name not in names]:
        raise BadTable(_("There is no column %s.") % ", ".join(missing))
    if unknown := [name for name in names if name not in OfficeForm.columns]:
        raise BadTable(_("These columns are unknown: %s.") % ", ".join(unknown))
    if len(found) > AT_MOST_ROWS:
        raise BadTable(_("At most %d rows at once.") % AT_MOST_ROWS)
    if not found:
        raise BadTable(_("There is no row below the names of the columns."))
    return [checked(number, row) for number, row in enumerate(found, start=1)]


def is_blank(row: dict[str, str]) -> bool:
    """Whether nothing is written in any of its cells."""
    return not any(isinstance(value, str) and value.strip() for value in row.values())


def checked(number: int, row: dict[str, str]) -> TableRow:
    """By the same rules as the form."""
    # Under None DictReader keeps the cells beyond the last column.
    extra = row.pop(None, None)  # type: ignore[call-overload]
    typed = {name: value or "" for name, value in row.items()}
    form = OfficeForm(row_as_typed(typed))
    made = TableRow(number, typed, form)
    if extra:
        made.errors.append(_("It has more cells than there are columns."))
    for name, errors in form.errors.items():
        label = "" if name == "__all__" else f"{name}: "
        made.errors += [f"{label}{error}" for error in errors]
    return made


def split(rows: list[TableRow]) -> tuple[list[TableRow], list[TableRow]]:
    """(those that can be added, those that cannot): of two of one name the second cannot."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if not row.errors:
            new = row.form.new
            if (new.name.lower(), new.state) in seen:
                row.errors.append(_("office: It stands in another row too."))
            seen.add((new.name.lower(), new.state))
    return [row for row in rows if not row.errors], [row for row in rows if row.errors]


@transaction.atomic
def add_all(rows: list[TableRow], *, author: str) -> None:
    """All or none."""
    for row in rows:
        add(row.form.new, author=author)


def written(rows: list[dict[str, str]]) -> str:
    """A table of these rows, as somebody would type it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
