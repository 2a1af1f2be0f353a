"""Letters to Congress: a campaign for them, and somebody in Maryland who writes one."""

from legislators.models import Chamber
from tests import build

NORA = {"prefix": "Ms.", "street": "1 Elm St", "city": "Bowie", "state": "MD", "zip": "20715"}


def nora(**changes):
    return build.entry(**{**NORA, **changes})


def to_congress():
    """A live letter to a member of the House and two senators; nobody publishes an e-mail
    address.
    """
    campaign = build.campaign(bill="H.R. 233", stance="pro", topic="Families")
    ask = build.ask(
        campaign=campaign,
        letter_subject="Playgrounds: {bill}",
        letter_body="Please vote for {bill}, {title}.",
    )
    for position, (chamber, district, label, name) in enumerate(
        [
            (Chamber.US_HOUSE, "5", "", "Ada Smith"),
            (Chamber.US_SENATE, "", "Class 1", "Bo Diaz"),
            (Chamber.US_SENATE, "", "Class 2", "Cy Cole"),
        ]
    ):
        division = f"ocd-division/country:us/state:md{'/cd:5' if district else ''}"
        seat = build.seat(
            chamber,
            state="MD",
            district=district,
            label=label,
            division=division,
            position=position or 1,
            title="Member",
        )
        build.term(
            seat, build.legislator(name, form="https://example.gov/form", phone="+12025550100")
        )
    build.rule(ask, chambers=[Chamber.US_HOUSE, Chamber.US_SENATE])
    return ask
