"""What the pages of an update and of an alert have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from actions.mailings import sending
from actions.mailings.mail import shown
from actions.models import Mailing
from worker.models import Delivery, State

SOMEBODY_WAS_QUICKER = gettext_lazy(
    "Nothing was changed: somebody was quicker. This is how it stands now."
)
# So many of those in doubt stand on its page; the others at /outbox/uncertain/.
MOST_LISTED = 50
OUTCOMES = (State.SENT, State.CANCELLED, State.FAILED, State.UNCERTAIN)


def do(request: HttpRequest, found: Mailing, deed: Callable[..., None], said: str) -> bool:
    """A deed of actions.mailings.sending, and what is said of it; whether it was done."""
    try:
        deed(found, author=request.user.get_username())
    except sending.TooLate:
        messages.error(request, SOMEBODY_WAS_QUICKER)
        return False
    messages.success(request, said)
    return True


def facts(found: Mailing) -> dict[str, Any]:
    """The mail as it arrives, and what became of it."""
    mails = Delivery.objects.filter(scope_key=found.scope_key)
    return {
        "mails": [shown(found, words, unsubscribe_url="#") for words in found.words.all()],
        "states": list(by_outcome(found).items()),
        "doubt": mails.filter(state=State.UNCERTAIN).defer("message")[:MOST_LISTED],
        "may_stop": found.state in sending.ON_ITS_WAY,
    }


def by_outcome(found: Mailing) -> dict[str, int]:
    """Mails by what became of them: names of a State, and "" for all that is on its way."""
    numbers: dict[str, int] = {}
    for state, number in sending.what_became(found).items():
        name = State(state).name if state in OUTCOMES else ""
        numbers[name] = numbers.get(name, 0) + number
    return numbers
