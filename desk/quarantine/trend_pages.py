"""What is unusual in an hour, with a link to the actions that it is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Submission, Venue
from actions.screening.marks import name_of_network
from desk.access import needs
from desk.models import Trend
from desk.quarantine.conditions import LOCAL_TIME
from desk.quarantine.rows import loaded, one_row
from desk.quarantine.trends import HOUR, KEPT, Unusual, begin_of_hour, unusual_in
from supporters.mail_domains import COMMON

# As much of a text as tells what it is about.
EXCERPT = 160
HEADINGS = {
    Trend.Kind.NETWORK: gettext_lazy("Networks"),
    Trend.Kind.DOMAIN: gettext_lazy("Mail domains"),
    Trend.Kind.NAME: gettext_lazy("Names"),
    Trend.Kind.TEXT: gettext_lazy("Texts alike"),
}
CONDITION = {
    Trend.Kind.NETWORK: "network",
    Trend.Kind.DOMAIN: "domain",
    Trend.Kind.NAME: "name",
    Trend.Kind.TEXT: "likeness",
}


@needs("see_supporters")
def trends(request: HttpRequest) -> HttpResponse:
    """The hour that the address line says, else this one."""
    now = begin_of_hour(timezone.now())
    asked = parse_hour(request.GET.get("hour", ""))
    hour = begin_of_hour(asked) if asked and now - KEPT < asked <= now + HOUR else now
    whole = Trend.objects.filter(hour=hour, key="").values_list("number", flat=True).first() or 0
    groups = grouped(unusual_in(hour), hour)
    context = {
        "hour": hour,
        "ends": hour + HOUR,
        "is_now": hour == now,
        "mailboxes": whole,
        "groups": [(HEADINGS[kind], rows) for kind, rows in groups.items() if rows],
        "earlier": in_line(hour - HOUR),
        "later": in_line(hour + HOUR) if hour < now else "",
    }
    return render(request, "desk/quarantine/trends.html", context)


def parse_hour(text: str) -> dt.datetime | None:
    """None for what is no time, or one without its zone."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


def in_line(hour: dt.datetime) -> str:
    return "?" + urlencode({"hour": hour.astimezone(dt.UTC).isoformat()})


def grouped(found: list[Unusual], hour: dt.datetime) -> dict[Trend.Kind, list[dict[str, Any]]]:
    """By kind, each with what people here call it and where its actions are."""
    sent = loaded(Submission.objects.filter(pk__in=[one.example for one in found]))
    examples = {row.pk: row for row in sent}
    venues = venues_in(hour)
    groups: dict[Trend.Kind, list[dict[str, Any]]] = {kind: [] for kind in HEADINGS}
    # One text has several marks, and is said once.
    said: set[str] = set()
    for one in found:
        kind, example = Trend.Kind(one.kind), examples.get(one.example)
        name = called(one, example)
        its_marks = set(example.likeness.split() if example else ())
        is_copy = kind == Trend.Kind.TEXT and bool(its_marks & said)
        if not name or is_copy or (one.key in COMMON and not one.usual):
            continue
        if kind == Trend.Kind.TEXT:
            said |= its_marks
        groups[kind].append(
            {
                "name": name,
                "number": one.number,
                "usual": round(one.usual),
                "most": one.most,
                "venue": venues.get(one.key, ""),
                "line": line_of(one, name, hour),
            }
        )
    return groups


def called(one: Unusual, example: Submission | None) -> str:
    """Names and texts are read from an example, as long as it is here; "" where it is not."""
    if one.kind == Trend.Kind.NETWORK:
        return _("Network %s") % name_of_network(one.key)
    if one.kind == Trend.Kind.DOMAIN:
        return one.key
    if example is None:
        return ""
    row = one_row(example, is_minor=False)
    if one.kind == Trend.Kind.NAME:
        return str(row["name"])
    text = " ".join(str(row["words"]).split())
    return f"{text[:EXCERPT]}…" if len(text) > EXCERPT else text


def line_of(one: Unusual, name: str, hour: dt.datetime) -> str:
    """The condition that finds them, within that hour."""
    value = name if one.kind == Trend.Kind.NAME else one.key
    since, until = (timezone.localtime(at).strftime(LOCAL_TIME) for at in (hour, hour + HOUR))
    return urlencode({CONDITION[Trend.Kind(one.kind)]: value, "since": since, "until": until})


def venues_in(hour: dt.datetime) -> dict[str, str]:
    """The name of each network's venue in that hour."""
    found = Venue.objects.filter(begins_at__lt=hour + HOUR, ends_at__gt=hour)
    return dict(found.exclude(network="").values_list("network", "name"))
