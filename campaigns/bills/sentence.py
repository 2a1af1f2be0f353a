"""A bill in one plain sentence, for the public: what it is called, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.merge_fields import state_name
from campaigns.models import Bill, Campaign, Stage
from legislators.states import UNITED_STATES

# A title of a statute book would push the form off a phone's first screen.
TITLE_LENGTH = 90
# Stage -> what is said of it without a day, and with one.
SAID: dict[str, tuple[Any, Any]] = {
    Stage.INTRODUCED: (_("was introduced"), _("was introduced on %(day)s")),
    Stage.COMMITTEE: (_("is in committee"), _("has been in committee since %(day)s")),
    Stage.REPORTED: (_("is out of committee"), _("came out of committee on %(day)s")),
    Stage.PASSED_ONE: (_("has passed one chamber"), _("passed one chamber on %(day)s")),
    Stage.PASSED: (_("has passed the legislature"), _("passed the legislature on %(day)s")),
    Stage.EXECUTIVE: (
        _("waits for the governor’s signature"),
        _("has waited for the governor’s signature since %(day)s"),
    ),
    Stage.VOTERS: (_("goes to the voters"), _("was sent to the voters on %(day)s")),
    Stage.LAW: (_("has become law"), _("became law on %(day)s")),
    Stage.ADOPTED: (
        pgettext_lazy("a bill", "was adopted"),
        pgettext_lazy("a bill", "was adopted on %(day)s"),
    ),
    Stage.SIGNED: (
        _("was signed, and has not been sent to the Senate"),
        _("was signed on %(day)s, and has not been sent to the Senate since"),
    ),
    Stage.SUBMITTED: (_("waits in the Senate"), _("was sent to the Senate on %(day)s")),
    Stage.CONSENTED: (
        _("has the consent of two thirds of the Senate"),
        _("got the consent of two thirds of the Senate on %(day)s"),
    ),
    Stage.RATIFIED: (_("has been ratified"), _("was ratified on %(day)s")),
    Stage.VETOED: (_("was vetoed"), _("was vetoed on %(day)s")),
    Stage.FAILED: (_("did not pass"), _("failed on %(day)s")),
    Stage.WITHDRAWN: (_("was withdrawn"), _("was withdrawn on %(day)s")),
}
# Where there is neither a governor nor a legislature of that name.
OTHERWISE: dict[str, dict[str, tuple[Any, Any]]] = {
    UNITED_STATES.code: {
        Stage.PASSED: (_("has passed Congress"), _("passed Congress on %(day)s")),
        Stage.EXECUTIVE: (
            _("waits for the President’s signature"),
            _("has waited for the President’s signature since %(day)s"),
        ),
    },
    "DC": {
        Stage.PASSED: (_("has passed the Council"), _("passed the Council on %(day)s")),
        Stage.EXECUTIVE: (
            _("waits for the Mayor’s signature"),
            _("has waited for the Mayor’s signature since %(day)s"),
        ),
    },
}


@dataclass(frozen=True)
class Sentence:
    """In pieces, since the title is in the legislature's language, whatever the page's is."""

    bill: Bill
    where: str
    """ "Maryland, 2027"; "" where neither is told."""
    title: str
    standing: str
    """ "passed one chamber on March 3, 2027"; "" where that is not known."""
    url: str


def sentences(campaign: Campaign) -> list[Sentence]:
    """Of its bills in order; of one that is only a text, that text."""
    # One that the release before made has a text and no row.
    bills = list(Bill.objects.of_campaign(campaign.pk))
    if not bills and campaign.bill_text:
        bills = [Bill(identifier=campaign.bill_text, stance=campaign.stance_text)]
    return [sentence(bill) for bill in bills]


def sentence(bill: Bill) -> Sentence:
    place = whose(bill)
    title = " ".join(bill.title.split())
    if len(title) > TITLE_LENGTH:
        title = title[:TITLE_LENGTH].rpartition(" ")[0].rstrip(",;: ") + " …"
    return Sentence(
        bill,
        ", ".join(part for part in (place, bill.session) if part),
        title,
        standing(bill),
        bill.links[0]["url"] if bill.links else "",
    )


def whose(bill: Bill) -> str:
    if bill.jurisdiction != UNITED_STATES.code:
        return state_name(bill.jurisdiction)
    return str(_("Treaty of the United States") if bill.is_treaty else _("U.S. Congress"))


def standing(bill: Bill, *, with_day: bool = True) -> str:
    """ "passed one chamber on March 3, 2027"; "" where that is not known."""
    if not bill.stage:
        return ""
    said = OTHERWISE.get(bill.jurisdiction, {}).get(bill.stage, SAID[bill.stage])
    if bill.stage_on is None or not with_day:
        return str(said[0])
    return str(said[1]) % {"day": date_format(bill.stage_on, "DATE_FORMAT")}
