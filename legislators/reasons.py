"""Why is this seat in the answer? One sentence that a supporter understands, in their language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legislators.models import Chamber, Seat
from legislators.whereabouts import District, Standing, Whereabouts, name_of


def reason(
    seat: Seat, district: District | None, whereabouts: Whereabouts, *, has_map: bool = True
) -> str:
    """One or two sentences, translated. `has_map`: some map in force draws the seat's layer."""
    if seat.chamber == Chamber.PRESIDENT:
        return _("This office serves everyone in the United States.")
    if seat.serves_everybody:
        return _("Everybody may write to this office, wherever they live.")
    if seat.chamber == Chamber.CUSTOM and not seat.serves_whole_state:
        return _("This office serves people in ZIP %(zip)s.") % {"zip": whereabouts.zip}
    if whereabouts.doubt:
        return whereabouts.doubt
    if district is None:
        return _of_whole_state(seat, has_map=has_map)
    standing = whereabouts.standings[district.layer]
    values = {
        "zip": whereabouts.zip,
        "district": seat.district_name,
        "edition": district.edition,
        "count": len(standing.districts),
    }
    sentences = [_sentence(standing) % values]
    if whereabouts.street_words and not standing.is_certain:
        sentences.append(whereabouts.street_words)
    if whereabouts.is_box and standing.method == "zip":
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


def _of_whole_state(seat: Seat, *, has_map: bool) -> str:
    """Where no district was found on a layer, or none is needed."""
    values = {"state": name_of(seat.jurisdiction_id)}
    if seat.serves_whole_state:
        return _("This office serves everyone in %(state)s.") % values
    if not has_map:
        return _("We have no map of these districts: choose the one you live in.")
    sentence = _("Your ZIP does not say in which district of %(state)s you live: choose yours.")
    return sentence % values


def _sentence(standing: Standing) -> str:
    if standing.is_off_shore:
        return _(
            "This point lies off the shore as our map draws it; %(district)s is near, on the"
            " %(edition)s map."
        )
    return _sure(standing.method) if standing.is_certain else _split(standing)


def _sure(method: str) -> str:
    return str(_SURE.get(method, _SURE["address"]))


def _split(standing: Standing) -> str:
    if standing.is_near_line:
        return str(_SPLIT["line"])
    return str(_SPLIT.get(standing.method, _SPLIT["address"]))


_ON_A_STREET = gettext_lazy("Your street lies in %(district)s, on the %(edition)s map.")
_SURE = {
    "address": gettext_lazy("Your address lies in %(district)s, on the %(edition)s map."),
    "point": gettext_lazy("This point lies in %(district)s, on the %(edition)s map."),
    "range": _ON_A_STREET,
    "street": _ON_A_STREET,
    "zip": gettext_lazy("ZIP %(zip)s lies in %(district)s, on the %(edition)s map."),
    "near": gettext_lazy(
        "All that is near ZIP %(zip)s lies in %(district)s, on the %(edition)s map."
    ),
}
_SPLIT = {
    "address": gettext_lazy(
        "Your address may lie in %(count)d districts; %(district)s is one of them, on the"
        " %(edition)s map."
    ),
    "line": gettext_lazy(
        "Your street runs along a district line: %(district)s is one of %(count)d it may be in,"
        " on the %(edition)s map."
    ),
    "zip": gettext_lazy(
        "Your ZIP touches %(count)d districts; %(district)s is one of them, on the %(edition)s map."
    ),
    "near": gettext_lazy(
        "ZIP %(zip)s does not say where you live; near it are %(count)d districts, and"
        " %(district)s is one of them, on the %(edition)s map."
    ),
    "point": gettext_lazy(
        "Our maps overlap here: %(district)s is one of %(count)d districts, on the %(edition)s map."
    ),
}
