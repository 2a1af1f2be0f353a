"""A made-up state: a campaign that writes to a senator and two delegates, of whom one takes no
e-mail.
"""

from legislators.models import Chamber
from tests import build

SENATOR = "sena.okoro@senate.franklin.example"
DELEGATE = "ada.smith@house.franklin.example"


def letter_campaign(**fields):
    """The ask of three_offices()."""
    parent = build.campaign(**fields)
    ask = build.ask(
        "letter",
        campaign=parent,
        letter_subject="Playgrounds in district {district}",
        letter_body="Please open the playgrounds of {city}, {title} {legislator}.",
    )
    three_offices()
    build.rule(ask, states=["FK"], chambers=["state_upper", "state_lower"])
    return ask


def three_offices():
    """ZIP 00001 lies in their districts and nowhere else."""
    senate = build.seat(Chamber.STATE_UPPER, district="4", title="Senator")
    build.term(senate, build.legislator("Sena Okoro", email=SENATOR))
    build.zip_district("00001", seat=senate)
    for position, (name, email) in enumerate([("Ada Smith", DELEGATE), ("Bo Diaz", "")], start=1):
        house = build.seat(district="7", position=position)
        build.term(
            house,
            build.legislator(
                name, email=email, phone="+15550100100", form="https://franklin.example/bo"
            ),
        )
    build.zip_district("00001", seat=house)
