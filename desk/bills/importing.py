"""Many bills at once: shown row by row before any is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from campaigns.bills.importing.keep import ADD, CHANGE, SAME, WRONG, keep, look, read
from campaigns.bills.importing.published import BadFile
from campaigns.bills.importing.table import COLUMNS, NEEDED
from campaigns.bills.kinds import BILL_STAGES
from desk.access import needs

AT_MOST_BYTES = 1_000_000


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Paste or choose a file, look at it, keep it. 422 while something is wrong."""
    context: dict[str, Any] = {"columns": COLUMNS, "needed": NEEDED, "stages": BILL_STAGES}
    if request.method != "POST":
        return render(request, "desk/bills/import.html", context)
    author = request.user.get_username()
    try:
        context["text"] = text_of(request)
        rows = look(read(context["text"]), author=author)
    except BadFile as bad:
        context["bad"] = str(bad)
        return render(request, "desk/bills/import.html", context, status=422)
    # Counted before anything is kept: afterwards all of it is known.
    numbers = {deed: sum(row.deed == deed for row in rows) for deed in (ADD, CHANGE, SAME, WRONG)}
    if request.POST.get("do") == "keep":
        rows = keep(read(context["text"]), author=author)
        done = ngettext("%d bill is added", "%d bills are added", numbers[ADD]) % numbers[ADD]
        changed = _("%d brought up to date") % numbers[CHANGE]
        messages.success(request, f"{done}, {changed}.")
        if not numbers[WRONG]:
            return redirect("desk:bills")
        # The rest stands below with what is wrong; the right ones may come again with it.
        rows = [row for row in rows if row.deed == WRONG]
    context |= {"rows": rows, "numbers": numbers, "right": numbers[ADD] + numbers[CHANGE]}
    status = 422 if numbers[WRONG] else 200
    return render(request, "desk/bills/import.html", context, status=status)


def text_of(request: HttpRequest) -> str:
    """Of the file that was chosen, else of the box. Raises BadFile."""
    chosen = request.FILES.get("file")
    if chosen is None:
        return request.POST.get("text", "")
    if (chosen.size or 0) > AT_MOST_BYTES:
        raise BadFile(
            _("The file is larger than a megabyte: whoever runs the server has import_bills.")
        )
    try:
        return chosen.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(_("Save the file as UTF-8 first.")) from None
