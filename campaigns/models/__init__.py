"""What we ask, of whom, in which words; and the counts that pages show."""

from campaigns.models.ask import Ask, AskWords, PetitionText
from campaigns.models.bill import (
    Bill,
    BillSponsor,
    BillStage,
    BillWords,
    CampaignBill,
    Stage,
)
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
from campaigns.models.daily_total import DailyTotal
from campaigns.models.ending import Ending
from campaigns.models.figure import Counted, Figure
from campaigns.models.letter_version import LetterVersion
from campaigns.models.onward_host import OnwardHost
from campaigns.models.partner import Partner, Partnership
from campaigns.models.picture import Picture, PictureFile, Pixels
from campaigns.models.preview_link import PreviewLink
from campaigns.models.publication import (
    Publication,
    PublicationFile,
    PublicationState,
    PublicationWords,
)
from campaigns.models.published import Published, PublishedQuerySet, PublishedWords, Standing
from campaigns.models.question import Question, QuestionWords
from campaigns.models.schedule import Schedule
from campaigns.models.sign_on import SignOn, SignOnState, SignOnWords
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
    "BillWords",
    "Brand",
    "Breakdown",
    "Campaign",
    "CampaignBill",
    "CampaignWords",
    "Carry",
    "Change",
    "Counted",
    "DailyTotal",
    "Ending",
    "Figure",
    "Issue",
    "IssueWords",
    "LetterVersion",
    "Metric",
    "OnwardHost",
    "Partner",
    "Partnership",
    "PetitionText",
    "Picture",
    "PictureFile",
    "Pixels",
    "PreviewLink",
    "Publication",
    "PublicationFile",
    "PublicationState",
    "PublicationWords",
    "Published",
    "PublishedQuerySet",
    "PublishedWords",
    "Question",
    "QuestionWords",
    "Schedule",
    "SeatRule",
    "Side",
    "SignOn",
    "SignOnState",
    "SignOnWords",
    "Stage",
    "Standing",
    "Tally",
    "TargetRule",
    "TargetTurnover",
    "TargetsSeen",
]
