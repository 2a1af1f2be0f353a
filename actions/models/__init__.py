"""Taking action: one person doing one ask, and the letters and calls that come of it."""

from actions.models.action import Action, Nobodys, Voice
from actions.models.alert import Alert, AlertWords
from actions.models.burst import Burst, UsedProof
from actions.models.call import Call
from actions.models.guardian import Guardian
from actions.models.hero import Hero, HeroWords
from actions.models.kept_seal import KeptSeal
from actions.models.ledger import Counted, Cursor, Ledger
from actions.models.letter import NEVER_LEFT, REASON_LENGTH, Ladder, Letter, Route
from actions.models.mailing import Mailing
from actions.models.my_page import NewMailbox, PageKey, PageWish, SameKey
from actions.models.paper_signature import PaperSignature
from actions.models.signatory import Signatory
from actions.models.story import Story, StoryConsent
from actions.models.submission import TAKEN_OVER, Submission
from actions.models.update import Update, UpdateWords
from actions.models.venue import Venue

__all__ = [
    "NEVER_LEFT",
    "REASON_LENGTH",
    "TAKEN_OVER",
    "Action",
    "Alert",
    "AlertWords",
    "Burst",
    "Call",
    "Counted",
    "Cursor",
    "Guardian",
    "Hero",
    "HeroWords",
    "KeptSeal",
    "Ladder",
    "Ledger",
    "Letter",
    "Mailing",
    "NewMailbox",
    "Nobodys",
    "PageKey",
    "PageWish",
    "PaperSignature",
    "Route",
    "SameKey",
    "Signatory",
    "Story",
    "StoryConsent",
    "Submission",
    "Update",
    "UpdateWords",
    "UsedProof",
    "Venue",
    "Voice",
]
