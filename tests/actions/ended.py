"""A campaign that somebody ends while letters wait."""

import re
from html import unescape

from django.utils import timezone

from actions.confirm import confirm
from actions.followup.campaign_end import end
from actions.models import Action
from actions.take import take_action
from campaigns.models import Campaign, Ending
from supporters import links
from tests import build
from worker.models import Delivery

LANE = "letters:house.franklin.example"
SAID = {"en": "The gates are open."}


def written(ask, **typed):
    """A letter that has not left."""
    submission = take_action(ask, build.filled_form(ask, entry=build.entry(**typed)))
    confirm(submission)
    return Delivery.objects.filter(key__startswith="letter:").latest("pk")


def closed(ask, author, deed="close", **how):
    return end(fresh(ask), deed, author, closing_messages=SAID, **how)


def fresh(ask):
    return Campaign.objects.get(pk=ask.campaign_id)


def half_an_hour_goes_by():
    Ending.objects.update(due_at=timezone.now())


def state_of(delivery):
    return Delivery.objects.get(pk=delivery.pk).state


def text_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def status_page(client):
    action = Action.objects.get()
    return text_of(client.get(f"/letters/{links.make('status', action.public_id)}/"))
