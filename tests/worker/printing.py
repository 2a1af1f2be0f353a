"""A print batch, and how its letters stand."""

from tests.paper import posted
from worker.models import Attempt, Delivery
from worker.paper import batch_pdf, batches


def closed(*letters, **fields):
    """A batch of these, set and ready to be printed, with its rows in the order of its numbers."""
    posted(*letters, **fields)
    batch = batches.close(author="wanda@example.org", rehearsal=fields.get("rehearsal", True))
    batch_pdf.make(batch.pk)
    batch.refresh_from_db()
    return batch


def pdf(batch):
    return b"".join(batch_pdf.content(batch))


def state(row):
    return Delivery.objects.get(pk=row.pk).state


def said(row):
    return list(Attempt.objects.filter(delivery=row).values_list("state", "author", "answer"))
