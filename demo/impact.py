"""How the made-up wins moved through three made-up states, and the figures beside what is
counted.
"""

from __future__ import annotations

from accounts.models import User
from campaigns.carrying.leftovers import leftovers
from campaigns.models import Campaign, Carry, Figure
from demo.publish import days_ago

# From which campaign to which, and from state to state.
WAYS = (
    ("tell-it-once-in-havenmoor", "tell-it-once", "HV", "FK"),
    ("breakfast-before-the-bell", "breakfast-in-tallgrass", "FK", "TL"),
)
REPORT = "Star and Sun for Children, annual report (made up)"
FIGURES = (
    {"labels": {"en": "Briefs filed in court", "es": "Escritos en tribunales"}, "number": 14},
    {
        "labels": {
            "en": "Lawmakers trained in children’s rights",
            "es": "Legisladores formados en derechos de la niñez",
        },
        "number": 187,
    },
)


def impact(author: User) -> None:
    """After the campaigns."""
    for source, campaign, from_state, to_state in WAYS:
        made = Carry.objects.create(
            campaign=Campaign.objects.get(slug=campaign),
            source=Campaign.objects.get(slug=source),
            from_state=from_state,
            to_state=to_state,
            author=author.email,
        )
        # Their words tell on purpose where they come from, as an organizer would have confirmed.
        meant = [one.key for one in leftovers(made.campaign)]
        Carry.objects.filter(pk=made.pk).update(at=made.campaign.launched_at, confirmed=meant)
    for position, row in enumerate(FIGURES, start=1):
        Figure.objects.create(
            **row, position=position, source=REPORT, dated_on=days_ago(60).date(), is_demo=True
        )
