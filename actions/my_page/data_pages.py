"""Everything that we hold of one person: to be read, and to be taken along as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accounts.looks import SEEN
from actions.models import PageKey
from actions.my_page import data
from actions.my_page.visits import own_page
from supporters.looks import who_looked

LOOKS_SHOWN = 100


@own_page
def my_data(request: HttpRequest, key: PageKey) -> HttpResponse:
    """`?file=json` and `?file=html` are saved; without it, the page."""
    sections = data.everything(key.supporter)
    page = {"key": key, "sections": sections}
    match request.GET.get("file"):
        case "json":
            rows = {section.key: section.rows for section in sections}
            answer: HttpResponse = JsonResponse(rows, json_dumps_params={"indent": 2})
            return saved(answer, "my-data.json")
        case "html":
            return saved(render(request, "actions/my_page/data_file.html", page), "my-data.html")
    return render(request, "actions/my_page/data.html", page)


def saved(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@own_page
def who_looked_at_me(request: HttpRequest, key: PageKey) -> HttpResponse:
    """When, and whether they only looked; not who, who is a person too."""
    lines = who_looked(key.supporter, most=LOOKS_SHOWN)
    looks = [(line.at, line.deed == SEEN, line.deed) for line in lines]
    return render(request, "actions/my_page/looks.html", {"key": key, "looks": looks})
