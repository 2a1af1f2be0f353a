"""What one person has done here, in a few words for them alone: shown nowhere else, and compared
with nobody.
"""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Q
from django.utils.translation import ngettext

from actions.models import Action, Call, Letter
from actions.my_page import acts
from campaigns.models import Ask
from supporters.models import Supporter
from worker.models import State

# Their server took it; what was rehearsed reached nobody. Or its writer says that they brought it.
HAS_LEFT = Q(delivery__state=State.SENT, delivery__rehearsal=False) | Q(reported_at__isnull=False)


def sums_of(supporter: Supporter) -> list[str]:
    """A sentence for each kind of deed there is evidence of; nothing for none. Three queries."""
    theirs = acts.actions_of(supporter).order_by().filter(state=Action.State.CONFIRMED)
    # Two letters to one seat, in two campaigns, reached one office.
    letters = Letter.objects.filter(HAS_LEFT, action__in=theirs.values("pk"))
    calls = Call.objects.reached().filter(action__in=theirs.values("pk"))
    return [
        said % {"number": apnumber(number)}
        for number, said in (
            _offices(letters.values("seat").distinct().count()),
            _petitions(theirs.filter(ask__kind=Ask.Kind.PETITION).count()),
            _calls(calls.count()),
        )
        if number
    ]


def _offices(number: int) -> tuple[int, str]:
    return number, ngettext("You wrote to one office.", "You wrote to %(number)s offices.", number)


def _petitions(number: int) -> tuple[int, str]:
    return number, ngettext("You signed one petition.", "You signed %(number)s petitions.", number)


def _calls(number: int) -> tuple[int, str]:
    return number, ngettext("You called once.", "You called %(number)s times.", number)
