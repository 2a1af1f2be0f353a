"""What a restored database cannot know is said, where it would else say "nothing"
(worker.restoring.mode).
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from actions.models import Action
from supporters import journal, links
from supporters.journal import Deed
from supporters.models import Consent, Supporter
from worker.models import Restore
from worker.restoring import mode

# Once it is over, whoever took part before is told for so long.
TOLD_FOR = dt.timedelta(days=30)
WITHDRAWS = {
    "actions:withdraw": (Deed.WITHDRAWN, "action"),
    "actions:sign_on_own": (Deed.SIGN_ON_WITHDRAWN, "sign_on"),
    "actions:own_story_withdraw": (Deed.STORY_WITHDRAWN, "story"),
}
ENDS = {
    "actions:unsubscribe": Consent.Purpose.NEWSLETTER,
    "actions:updates_end": Consent.Purpose.UPDATES,
}


def unsure(whose: Action | Supporter | None) -> Restore | None:
    """The restore by which what is known of it may be older than what became of it."""
    restore = mode.last()
    if restore is None or whose is None or whose.created_at > restore.found_at:
        return None
    is_long_ago = restore.ended_at and restore.found_at < timezone.now() - TOLD_FOR
    return None if is_long_ago else restore


def lost(token: str) -> Restore | None:
    """The restore that took what this link is of: one of ours, made in the time that is missing."""
    made_at = links.made_at(token)
    return Restore.objects.filter(moment__lte=made_at, found_at__gte=made_at).last()


def answer_for_lost(request: HttpRequest, restore: Restore, public_id: uuid.UUID) -> HttpResponse:
    """That we do not have it, and why. What they want taken back is noted all the same: what was
    lost may be found yet. Raises journal.CannotNote.
    """
    name = request.resolver_match.view_name if request.resolver_match else ""
    can_note = name in WITHDRAWS or name in ENDS
    is_noted = can_note and request.method == "POST"
    if is_noted and name in WITHDRAWS:
        deed, what = WITHDRAWS[name]
        journal.note(deed, **{what: public_id})
    elif is_noted:
        journal.note(Deed.CONSENT_ENDED, person=public_id, purpose=ENDS[name])
    context = {"restore": restore, "is_noted": is_noted, "can_note": can_note}
    # A mail program that unsubscribes by one click wants to hear that it was done.
    return render(request, "actions/lost.html", context, status=200 if is_noted else 410)
