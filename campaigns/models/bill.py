"""Bills as rows: what they are called, where they stand and stood, and who sponsors them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a bill stands: one list for statehouses and Congress, in the order of its way.

    A bill of the second chamber's committee has passed one chamber: that is its stage. A treaty
    goes its own way (campaigns.bills.kinds): signed, sent to the Senate, consented to, ratified.
    """

    SIGNED = "signed", _("Signed")
    SUBMITTED = "submitted", _("Sent to the Senate")

    INTRODUCED = "introduced", _("Introduced")
    COMMITTEE = "committee", _("In committee")
    REPORTED = "reported", _("Out of committee")
    PASSED_ONE = "passed_one", _("Passed one chamber")
    CONSENTED = "consented", _("The Senate consented")
    PASSED = "passed", _("Passed the legislature")
    EXECUTIVE = "executive", _("Waits for a signature")
    VOTERS = "voters", _("Goes to the voters")
    LAW = "law", _("Became law")
    ADOPTED = "adopted", _("Adopted")
    RATIFIED = "ratified", _("Ratified")
    VETOED = "vetoed", _("Vetoed")
    FAILED = "failed", _("Failed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class BillQuerySet(models.QuerySet["Bill"]):
    def public(self) -> BillQuerySet:
        """Those with a page that everybody may read (campaigns.bills.public)."""
        return self.filter(is_public=True)

    def of_campaign(self, campaign_id: int) -> BillQuerySet:
        """In the campaign's order: the first is the one that letters name."""
        return self.filter(campaign_links__campaign=campaign_id).order_by(
            "campaign_links__position"
        )


class Bill(models.Model):
    """A bill or resolution of a statehouse or of Congress, or a treaty. `stage` and `stage_on`
    repeat the row of its history that counts (campaigns.bills.stages).
    """

    class Kind(models.TextChoices):
        BILL = "bill", _("Bill or resolution")
        TREATY = "treaty", _("Treaty")

    class Stance(models.TextChoices):
        PRO = "pro", _("Support")
        CON = "con", _("Oppose")

    kind = models.CharField(
        max_length=8, choices=Kind, default=Kind.BILL, db_default=Kind.BILL.value
    )
    jurisdiction = models.CharField(
        max_length=2, blank=True, help_text='A state\'s code or "US"; blank: not told'
    )
    session = models.CharField(
        max_length=60, blank=True, help_text='As published: "2027", "2027S1"; a Congress: "120"'
    )
    identifier = models.CharField(max_length=60, help_text='As people say it: "H.R. 1234", "SB 17"')
    normalized = models.CharField(
        max_length=60, help_text='As machines compare it: "HR 1234" (campaigns.bills.naming)'
    )
    title = models.TextField(blank=True)
    stance = models.CharField(
        max_length=3, blank=True, choices=Stance, help_text="Ours; blank: watched only"
    )
    stage = models.CharField(max_length=12, blank=True, choices=Stage)
    stage_on = models.DateField(null=True, blank=True, help_text="Since when, where that is known")
    openstates_id = models.CharField(max_length=80, blank=True, help_text='"ocd-bill/..."')
    links = models.JSONField(default=list, blank=True, help_text='Rows {"url", "label"}')
    campaigns = models.ManyToManyField(
        "campaigns.Campaign", through="CampaignBill", related_name="bills"
    )
    issues = models.ManyToManyField("campaigns.Issue", related_name="bills", blank=True)
    is_public = models.BooleanField(
        default=False,
        db_default=False,
        help_text="It has an issue, or a campaign with a public page (campaigns.bills.public)",
    )
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = BillQuerySet.as_manager()

    class Meta:
        ordering = ["jurisdiction", "-session", "normalized", "id"]
        # Lists of a page's length, whatever they are narrowed by.
        indexes = [
            models.Index(
                fields=["jurisdiction", "-session", "normalized", "id"],
                condition=Q(is_public=True),
                name="public_bills_in_order",
            ),
            models.Index(
                fields=["stage", "jurisdiction", "-session", "normalized", "id"],
                condition=Q(is_public=True),
                name="public_bills_by_stage",
            ),
            models.Index(
                fields=["-stage_on", "-id"],
                condition=Q(is_public=True, stage_on__isnull=False),
                name="public_bills_that_moved",
            ),
        ]
        constraints = [
            # Where jurisdiction or session is not told, two may be two bills.
            models.UniqueConstraint(
                fields=["jurisdiction", "session", "normalized"],
                condition=~Q(jurisdiction="") & ~Q(session=""),
                name="one_bill_per_session_and_identifier",
            ),
            models.UniqueConstraint(
                fields=["openstates_id"],
                condition=~Q(openstates_id=""),
                name="one_bill_per_openstates_id",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.jurisdiction, self.identifier) if part)

    @property
    def is_treaty(self) -> bool:
        return self.kind == self.Kind.TREATY

    @property
    def is_over(self) -> bool:
        """Nothing more is to be asked about it; a veto may still be overridden."""
        return self.has_come_through or self.stage in (Stage.FAILED, Stage.WITHDRAWN)

    @property
    def has_come_through(self) -> bool:
        return self.stage in (Stage.LAW, Stage.ADOPTED, Stage.RATIFIED)


class BillWords(models.Model):
    """What a bill would do, and why we stand where we do, in one language."""

    bill = models.ForeignKey(Bill, models.CASCADE, related_name="words")
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    summary = models.TextField(blank=True, help_text="What it would do, in plain words")
    reason = models.TextField(blank=True, help_text="Why we are for or against it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bill", "language"], name="one_set_of_words_per_bill_and_language"
            )
        ]


class BillStage(models.Model):
    """A line of a bill's history: which stage, since which day, noted by whom and when."""

    bill = models.ForeignKey(Bill, models.CASCADE, related_name="history")
    stage = models.CharField(max_length=12, choices=Stage)
    happened_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    # As written down then: it outlives the account.
    author = models.CharField(max_length=254)
    source = models.CharField(max_length=60, blank=True, help_text="Blank: typed at the desk")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["bill", "-id"]


class BillSponsor(models.Model):
    """Somebody whose name stands on a bill. Without a legislator nobody of the roster was surely
    meant: a person here says who it is.
    """

    class Role(models.TextChoices):
        SPONSOR = "sponsor", _("Sponsor")
        COSPONSOR = "cosponsor", _("Cosponsor")

    bill = models.ForeignKey(Bill, models.CASCADE, related_name="sponsors")
    legislator = models.ForeignKey(
        "legislators.Legislator", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=10, choices=Role)
    name = models.CharField(max_length=200, help_text="As the bill has it")
    is_committee = models.BooleanField(default=False)
    doubt = models.CharField(
        max_length=300, blank=True, help_text="Why no legislator could be told; blank: none"
    )

    class Meta:
        ordering = ["bill", "-role", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bill", "legislator"], name="one_role_per_bill_and_legislator"
            )
        ]


class CampaignBill(models.Model):
    """A bill of a campaign; the one of the lowest position is what letters name."""

    campaign = models.ForeignKey("campaigns.Campaign", models.CASCADE, related_name="bill_links")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="campaign_links")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["campaign", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "bill"], name="one_link_per_campaign_and_bill"
            )
        ]
