"""Why is this seat in the answer? One sentence that a supporter understands, in their language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from legislators.candidate_districts import District, Standing, Whereabouts, name_of
from legislators.models import Chamber, Seat


def reason(seat: Seat, district: District | None, whereabouts: Whereabouts) -> str:
    if district is None and seat.division != seat.jurisdiction.division:
        return _("We have no map of these districts: choose the one you live in.")
    if whereabouts.doubt:
        return whereabouts.doubt
    if district is None:
        return _("This office serves everyone in %(state)s.") % {
            "state": name_of(seat.jurisdiction_id)
        }
    standing = whereabouts.standings[district.layer]
    values = {
        "zip": whereabouts.zip,
        "district": seat.district_name,
        "edition": district.edition,
        "count": len(standing.districts),
    }
    sentences = [_sentence(standing) % values]
    if whereabouts.is_box:
        sentences.append(
            _("A PO box or rural route does not say where you live, so this rests on its ZIP code.")
        )
    if (seat.jurisdiction_id, seat.chamber) == ("NH", Chamber.STATE_LOWER):
        sentences.append(
            _(
                "New Hampshire also has floterial districts, which no map shows: you may have"
                " further representatives."
            )
        )
    return " ".join(sentences)


def _sentence(standing: Standing) -> str:
    if standing.is_off_shore:
        return _(
            "This point lies off the shore as our map draws it; %(district)s is near, on the"
            " %(edition)s map."
        )
    return _sure(standing.method) if standing.is_certain else _split(standing)


def _sure(method: str) -> str:
    return {
        "point": _("This point lies in %(district)s, on the %(edition)s map."),
        "range": _("Your street lies in %(district)s, on the %(edition)s map."),
        "street": _("Your street lies in %(district)s, on the %(edition)s map."),
        "zip": _("ZIP %(zip)s lies in %(district)s, on the %(edition)s map."),
    }.get(method, _("Your address lies in %(district)s, on the %(edition)s map."))


def _split(standing: Standing) -> str:
    if standing.is_near_line:
        return _(
            "Your street runs along a district line: %(district)s is one of %(count)d it may be in,"
            " on the %(edition)s map."
        )
    return {
        "zip": _(
            "Your ZIP touches %(count)d districts; %(district)s is one of them, on the %(edition)s"
            " map."
        ),
        "point": _(
            "Our maps overlap here: %(district)s is one of %(count)d districts, on the %(edition)s"
            " map."
        ),
    }.get(
        standing.method,
        _(
            "Your address may lie in %(count)d districts; %(district)s is one of them, on the"
            " %(edition)s map."
        ),
    )
