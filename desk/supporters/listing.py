"""The list of supporters, for people with the right to see them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.access import needs
from desk.models import Segment
from desk.sorting import Column, Table
from desk.supporters import filters
from supporters import consent
from supporters.models import Consent, Supporter

COLUMNS = [
    Column("name", gettext_lazy("Name")),
    Column("email", gettext_lazy("E-mail")),
    Column("place", gettext_lazy("Place")),
    Column("newsletter", gettext_lazy("Newsletter")),
    # Its key: the table grows without end, and has this index.
    Column("since", gettext_lazy("Since"), by="pk", falls=True),
]
# Nobody reads on to there; beyond it the number is said when a list is taken away.
COUNTED_TO = 10_000


@needs("see_supporters")
def supporters(request: HttpRequest) -> HttpResponse:
    """Newest first, paged by key. How many they are is asked for apart: it costs far more."""
    asked = filters.read(request.GET)
    chosen, faults = filters.without_nonsense(asked)
    # Of the fifty that are shown, not of everybody who is looked through for them.
    page = Table(request, COLUMNS, usual="-since").by_key(chosen.people())
    page["rows"] = with_news(page["rows"])
    query = chosen.query()
    context = page | {
        "groups": filters.as_form(asked, more=request.GET.get("more") == "group"),
        "match": asked.match,
        "faults": faults,
        "people": page["rows"],
        "is_narrowed": bool(chosen.told),
        "query": query,
        "segments": Segment.objects.open_to(request.user).order_by("name"),
    }
    return render(request, "desk/supporters.html", context)


@needs("see_supporters")
def how_many(request: HttpRequest) -> HttpResponse:
    """The number of those who fit, for a script to put into the list; a page of its own without."""
    chosen, _faults = filters.without_nonsense(filters.read(request.GET))
    context = {"said": in_words(count(chosen.people())), "query": chosen.query()}
    return render(request, "desk/supporters/how_many.html", context)


def count(people: QuerySet[Supporter]) -> int:
    """Exact up to COUNTED_TO, one more where they are more."""
    return people.order_by().values("pk")[: COUNTED_TO + 1].count()


def in_words(number: int) -> str:
    if number > COUNTED_TO:
        return _("More than %s people") % number_format(COUNTED_TO, force_grouping=True)
    if number == 1:
        return _("1 person")
    return _("%s people") % number_format(number, force_grouping=True)


def with_news(people: list[Supporter]) -> list[Supporter]:
    """The same, each with `newsletter`: whether they get it."""
    granting = consent.granting(Consent.Purpose.NEWSLETTER)
    rows = Supporter.objects.filter(pk__in=[person.pk for person in people])
    gets = set(rows.filter(Exists(granting)).values_list("pk", flat=True))
    # Whoever left is not somebody who was never asked.
    lines = Consent.objects.filter(supporter=OuterRef("pk"), purpose=Consent.Purpose.NEWSLETTER)
    asked = set(rows.filter(Exists(lines)).values_list("pk", flat=True))
    for person in people:
        told = {True: "yes", False: "no" if person.pk in asked else ""}
        person.newsletter = told[person.pk in gets]  # type: ignore[attr-defined]
    return people
