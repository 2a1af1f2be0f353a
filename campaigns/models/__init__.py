"""What we ask, of whom, in which words; and the counts that pages show."""

from campaigns.models.ask import Ask, AskWords, PetitionText
from campaigns.models.bill import Bill, BillSponsor, BillStage, CampaignBill, Stage
from campaigns.models.brand import COLOUR, Brand
from campaigns.models.breakdown import Breakdown, Metric, Side
from campaigns.models.campaign import (
    Campaign,
    CampaignWords,
    Change,
    Issue,
    IssueWords,
)
from campaigns.models.carry import Carry
from campaigns.models.ending import Ending
from campaigns.models.letter_version import LetterVersion
from campaigns.models.partner import Partner, Partnership
from campaigns.models.preview_link import PreviewLink
from campaigns.models.tally import Tally
from campaigns.models.target import SeatRule, TargetRule
from campaigns.models.target_turnover import TargetsSeen, TargetTurnover

__all__ = [
    "COLOUR",
    "Ask",
    "AskWords",
    "Bill",
    "BillSponsor",
    "BillStage",
    "Brand",
    "Breakdown",
    "Campaign",
    "CampaignBill",
    "CampaignWords",
    "Carry",
    "Change",
    "Ending",
    "Issue",
    "IssueWords",
    "LetterVersion",
    "Metric",
    "Partner",
    "Partnership",
    "PetitionText",
    "PreviewLink",
    "SeatRule",
    "Side",
    "Stage",
    "Tally",
    "TargetRule",
    "TargetTurnover",
    "TargetsSeen",
]
