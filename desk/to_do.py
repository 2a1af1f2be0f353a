"""What waits for whoever looks: each kind with its number and the page where it is done.

Every count stops where nobody would count on (desk.at_most).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from actions.followup import corrected_address
from actions.followup.awaits_roster import is_overdue
from actions.models import Hero, Letter, Signatory, Story, Submission
from campaigns.models import Campaign, Ending, Schedule
from desk import at_most
from desk.at_most import count_at_most, in_digits
from desk.mail import needs_person, printing
from desk.mail.delivery_status import waiting_for
from desk.models import Export, RaisedAlarm
from desk.officials import holders
from desk.person import pairs
from legislators.by_hand.contacts import BY_HAND
from legislators.models import Contact, Source
from worker.models import Delivery, Lane, PrintBatch, State, WaitsFor
from worker.paper import batches


class ToDo(NamedTuple):
    """`number` goes before `words`, which are a sentence's end; never 0."""

    page: str
    number: str
    words: str
    is_trouble: bool
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page) + self.query


class Kind(NamedTuple):
    """One kind of it: who may do it, how many there are, and what is said of that many. `right`:
    one, or several with spaces between them.
    """

    page: str
    right: str
    counted: Callable[[], int]
    words: Callable[[int], str]
    is_trouble: bool = False
    query: str = ""


def to_do(user: User) -> list[ToDo]:
    """What waits for this person, the troubles first."""
    found = []
    for kind in KINDS:
        number = kind.counted() if user.holds(*kind.right.split()) else 0
        if number:
            said = in_digits(number)
            found.append(ToDo(kind.page, said, kind.words(number), kind.is_trouble, kind.query))
    return sorted(found, key=lambda one: not one.is_trouble)


def offices_without_address() -> int:
    """For which somebody's letter waits."""
    seats = corrected_address.waiting_for_address().order_by().values("seat").distinct()
    return seats[: at_most.AT_MOST + 1].count()


def letters_to_review() -> int:
    """As many as actions.followup.holder_changed.in_review has, but each part by its own index: the
    two together would look at every letter there is.
    """
    kept = Delivery.objects.filter(state=State.WAITING, waits_for=WaitsFor.REVIEW)
    return count_at_most(kept) + count_at_most(Letter.objects.filter(is_overdue()))


def rosters_to_renew() -> int:
    """Sources that some offices will have changed hands since."""
    return sum(source.is_stale for source in Source.objects.exclude(key=BY_HAND))


def standing_alarms() -> int:
    """Of what is wrong now: what comes by a day stands above, on the overview."""
    return count_at_most(RaisedAlarm.objects.filter(over_at=None, day=None))


# In this order after the troubles.
KINDS = [
    Kind(
        "desk:alarms",
        "see_outbox",
        standing_alarms,
        lambda n: ngettext(
            "alarm: something of the site itself is wrong",
            "alarms: something of the site itself is wrong",
            n,
        ),
        is_trouble=True,
    ),
    Kind(
        "desk:uncertain",
        "see_outbox",
        lambda: count_at_most(needs_person.in_doubt()),
        lambda n: ngettext(
            "letter is uncertain: it may have gone, or not",
            "letters are uncertain: they may have gone, or not",
            n,
        ),
        is_trouble=True,
        query="#uncertain",
    ),
    Kind(
        "desk:uncertain",
        "see_outbox",
        lambda: count_at_most(needs_person.failures()),
        lambda n: ngettext("letter failed", "letters failed", n),
        is_trouble=True,
        query="#failed",
    ),
    Kind(
        "desk:supporter_pairs",
        "see_supporters",
        lambda: count_at_most(pairs.open_pairs()),
        lambda n: ngettext(
            "supporter may be the same as another",
            "supporters may be the same as others",
            n,
        ),
    ),
    Kind(
        "desk:exports",
        "export_supporters",
        lambda: count_at_most(Export.objects.filter(state=Export.State.APPROVAL)),
        lambda n: ngettext(
            "list of people waits for a second person",
            "lists of people wait for a second person",
            n,
        ),
    ),
    Kind(
        "desk:heroes",
        "run_campaigns",
        lambda: count_at_most(Hero.objects.to_read()),
        lambda n: ngettext("person who acts waits to be read", "people who act wait to be read", n),
    ),
    Kind(
        "desk:campaigns",
        "run_campaigns",
        lambda: count_at_most(Ending.objects.filter(finishing_since=None)),
        lambda n: ngettext(
            "campaign ended within the last half hour: that can still be undone",
            "campaigns ended within the last half hour: that can still be undone",
            n,
        ),
        is_trouble=True,
        query="?sort=state",
    ),
    Kind(
        "desk:campaigns",
        "run_campaigns",
        lambda: count_at_most(Schedule.objects.exclude(missed="")),
        lambda n: ngettext(
            "campaign did not open or close at its time",
            "campaigns did not open or close at their time",
            n,
        ),
        is_trouble=True,
        query="?sort=state",
    ),
    Kind(
        "desk:addresses",
        "see_outbox",
        offices_without_address,
        lambda n: ngettext(
            "office has letters waiting for an address that takes mail",
            "offices have letters waiting for an address that takes mail",
            n,
        ),
        is_trouble=True,
    ),
    Kind(
        "desk:deliveries",
        "see_outbox",
        lambda: count_at_most(Lane.objects.open()),
        lambda n: ngettext(
            "mail server is left alone for a while after trouble",
            "mail servers are left alone for a while after trouble",
            n,
        ),
        is_trouble=True,
    ),
    Kind(
        "desk:rosters",
        "see_outbox",
        rosters_to_renew,
        lambda n: ngettext("roster is out of date", "rosters are out of date", n),
        is_trouble=True,
    ),
    Kind(
        "desk:review",
        "see_outbox",
        letters_to_review,
        lambda n: ngettext(
            "letter to review: its office changed while it waited",
            "letters to review: their office changed while they waited",
            n,
        ),
    ),
    Kind(
        "desk:deliveries",
        "see_outbox",
        lambda: count_at_most(waiting_for("roster")),
        lambda n: ngettext("letter waits for a fresh roster", "letters wait for a fresh roster", n),
        query="?state=held&waits_for=roster",
    ),
    Kind(
        "desk:quarantine",
        "see_supporters",
        lambda: count_at_most(Submission.objects.filter(state=Submission.State.QUARANTINED)),
        lambda n: ngettext(
            "action looks suspicious: let it count, or refuse it",
            "actions look suspicious: let them count, or refuse them",
            n,
        ),
    ),
    Kind(
        "desk:sign_ons",
        "run_campaigns see_supporters",
        lambda: count_at_most(Signatory.objects.filter(state=Signatory.State.WAITING)),
        lambda n: ngettext(
            "organization signed a letter and waits for a look",
            "organizations signed letters and wait for a look",
            n,
        ),
    ),
    Kind(
        "desk:stories",
        "review_stories",
        lambda: count_at_most(Story.objects.filter(state=Story.State.WAITING)),
        lambda n: ngettext("story waits to be read", "stories wait to be read", n),
    ),
    Kind(
        "desk:approvals",
        "manage_officials",
        lambda: count_at_most(Contact.objects.pending()),
        lambda n: ngettext(
            "address waits for a second person’s approval",
            "addresses wait for a second person’s approval",
            n,
        ),
    ),
    Kind(
        "desk:holders",
        "manage_officials",
        holders.number_of_differences,
        lambda n: ngettext(
            "office has another holder in a roster than was said here",
            "offices have another holder in a roster than was said here",
            n,
        ),
    ),
    Kind(
        "desk:printing",
        "see_outbox",
        lambda: count_at_most(batches.waiting(rehearsal=False)),
        lambda n: ngettext("letter waits to be printed", "letters wait to be printed", n),
    ),
    Kind(
        "desk:printing",
        "see_outbox",
        lambda: count_at_most(
            PrintBatch.objects.filter(rehearsal=False).exclude(state__in=printing.OVER)
        ),
        lambda n: ngettext(
            "batch of letters on paper is not mailed yet",
            "batches of letters on paper are not mailed yet",
            n,
        ),
    ),
    Kind(
        "desk:campaigns",
        "run_campaigns",
        lambda: count_at_most(Campaign.objects.filter(state=Campaign.State.DRAFT)),
        lambda n: ngettext("campaign is still a draft", "campaigns are still drafts", n),
    ),
]
