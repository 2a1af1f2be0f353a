"""Who may get an alert, wherever they live, and why the others do not."""

from __future__ import annotations

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from actions.grown import said_young
from actions.models import Action, Alert
from supporters import purposes
from supporters.models import Supporter

# Of the closed list: a campaign's updates are promised to its signers, and a partner's box is the
# partner's (docs/decisions/0040).
PURPOSE = "newsletter"
Reasons = list[tuple[str, Q]]


def everybody(alert: Alert) -> QuerySet[Supporter]:
    """Before anybody is left out: the demonstration's people for a campaign of the
    demonstration.
    """
    found: QuerySet[Supporter] = Supporter.objects.whole().filter(is_demo=alert.campaign.is_demo)
    return found


def reasons(alert: Alert) -> Reasons:
    """Why somebody does not get it; of several the first holds."""
    allowed = purposes.purpose(PURPOSE).people().filter(pk=OuterRef("pk"))
    acted = Action.objects.counted().filter(
        supporter=OuterRef("pk"), ask__campaign=alert.campaign_id
    )
    found: Reasons = [
        ("age", Q(is_minor=True) | Q(age_is_known=False) | Q(said_young())),
        ("mailbox", Q(proven_at=None, imported_at=None) | Q(Exists(purposes.suppressed()))),
        # The purpose's own word is the last; what stands above only says more of it.
        ("consent", ~Q(Exists(allowed))),
    ]
    return found if alert.goes_to_acted else [*found, ("acted", Q(Exists(acted)))]


def first_of(why: Reasons) -> Case:
    """The key of the reason that holds, to annotate supporters with; "" for who gets it."""
    # In this order, and no further than the first: the costly questions come last.
    cases = [When(condition, then=Value(key)) for key, condition in why]
    return Case(*cases, default=Value(""), output_field=CharField())
