"""How letters leave: deliveries and attempts, holds and lanes, print batches, what comes back."""

from worker.models.caught_mail import CaughtMail
from worker.models.congress_office import CongressOffice
from worker.models.delivery import LIFE, LIFE_ON_PAPER, PAPER, Attempt, Delivery, State, WaitsFor
from worker.models.heartbeat import Heartbeat
from worker.models.hold import Hold
from worker.models.lane import Lane
from worker.models.print_batch import PrintBatch, PrintItem, PrintPart
from worker.models.restore import KnownDatabase, Restore
from worker.models.returned import DeadAddress, Return

__all__ = [
    "LIFE",
    "LIFE_ON_PAPER",
    "PAPER",
    "Attempt",
    "CaughtMail",
    "CongressOffice",
    "DeadAddress",
    "Delivery",
    "Heartbeat",
    "Hold",
    "KnownDatabase",
    "Lane",
    "PrintBatch",
    "PrintItem",
    "PrintPart",
    "Restore",
    "Return",
    "State",
    "WaitsFor",
]
