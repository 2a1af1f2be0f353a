"""What the engine asks of a channel, and how a channel tells what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Protocol, cast

from worker.queued_letter import QueuedLetter


@dataclass(frozen=True)
class Receipt:
    """The peer has taken it."""

    code: int
    answer: str


class ChannelError(Exception):
    """The peer certainly did not take it.

    `permanent`: trying this message again cannot help. `endpoint`: the trouble is with the way out,
    not with this message, so whatever else waits for the same way need not be tried now. `policy`:
    they refuse us rather than this message; several in a row say that the way is closed. `pause`:
    the peer has said when to come again.
    """

    def __init__(
        self,
        answer: str,
        *,
        permanent: bool = False,
        endpoint: bool = False,
        policy: bool = False,
        code: int | None = None,
        pause: timedelta | None = None,
    ) -> None:
        super().__init__(answer)
        self.answer, self.code = answer, code
        self.permanent, self.endpoint, self.policy = permanent, endpoint, policy
        self.pause = pause


class Interrupted(Exception):
    """Nobody can say whether the peer took it: the line broke after the message began to leave.

    `endpoint` as above.
    """

    def __init__(self, answer: str, *, endpoint: bool = False, code: int | None = None) -> None:
        super().__init__(answer)
        self.endpoint, self.code = endpoint, code


class Channel(Protocol):
    def send(self, letter: QueuedLetter) -> Receipt:
        """Carry one message, in bounded time.

        Raises ChannelError or Interrupted; any other exception means doubt.
        """


# Every way out that there is, by the name a Delivery carries.
CHANNELS = {
    "email": "worker.channels.email",
    "cwc": "worker.channels.cwc.channel",
    "lob": "worker.channels.lob",
}


def named(name: str) -> Channel:
    """The channel of a Delivery, loaded when it is first needed. Raises ChannelError."""
    if name not in CHANNELS:
        raise ChannelError(f"There is no channel called {name}.", permanent=True)
    # A module stands for its channel: mypy cannot know that it has `send`.
    return cast(Channel, import_module(CHANNELS[name]))


def announce(letter: QueuedLetter) -> None:
    """Let the way out of a letter that comes next prepare for it. Nothing of it leaves yet, and
    whether it ever does is still open. Never raises.
    """
    # Only SMTP has a conversation before the message.
    if letter.channel == "email":
        import_module(CHANNELS["email"]).announce(letter)
