"""What the engine asks of a channel, and how a channel tells what happened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast


@dataclass(frozen=True)
class Sealed:
    """What a channel needs of a delivery to carry it."""

    recipient: str
    message: bytes
    rehearsal: bool
    lane: str


@dataclass(frozen=True)
class Receipt:
    """The peer has taken it."""

    code: int
    answer: str


class ChannelError(Exception):
    """The peer certainly did not take it.

    `permanent`: trying this message again cannot help. `endpoint`: the trouble is with the way out, not with this message,
    so whatever else waits for the same way need not be tried now.
    """

    def __init__(self, answer: str, *, permanent: bool = False, endpoint: bool = False, code: int | None = None) -> None:
        super().__init__(answer)
        self.answer, self.permanent, self.endpoint, self.code = answer, permanent, endpoint, code


class Interrupted(Exception):
    """Nobody can say whether the peer took it: the line broke after the message began to leave."""


class Channel(Protocol):
    def send(self, letter: Sealed) -> Receipt:
        """Carry one message, in bounded time. Raises ChannelError or Interrupted; any other exception means doubt."""


def named(name: str) -> Channel:
    if name != "email":
        raise ChannelError(f"There is no channel called {name}.", permanent=True)
    return cast(Channel, import_module("worker.channels.email"))
