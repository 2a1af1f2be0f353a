"""The lane of one office's mail host, and real letters in it."""

from tests.build import posted
from worker.models import Delivery, Lane

LANE = "letters:house.example"


def real(count=1, **fields):
    return posted(count, rehearsal=False, **fields)


def waiting():
    return Delivery.objects.filter(state="queued", claim="").count()


def lane():
    return Lane.objects.get(pk=LANE)
