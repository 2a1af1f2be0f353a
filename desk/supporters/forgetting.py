"""What the desk holds of somebody who is erased (settings.HOLDERS_OF_PEOPLE)."""

from __future__ import annotations

import json

from django.db.models import Exists, OuterRef, Q

from actions.erasing.person import Person
from desk.models import Export, ExportPart, FormDraft

KEPT = (Export.State.RUNNING, Export.State.READY)
OF_PEOPLE = ("supporters", "partner")


def exports(person: Person) -> int:
    """Files in which they may stand: one that is ready expires, one being written begins anew.

    They live for a day at most, so none is opened and searched that can be made again; one whose
    rows end before theirs, or begin behind them, stays.
    """
    parts = ExportPart.objects.filter(export=OuterRef("pk"))
    theirs = parts.filter(
        Q(first_key=None) | Q(first_key__lte=person.pk, last_key__gte=person.pk), of_workbook=False
    )
    # Rows of a petition or of texts have keys of actions; who is being written may be read already.
    may_be = Q(Exists(theirs)) | ~Q(kind__in=OF_PEOPLE) | Q(state=Export.State.RUNNING)
    found = Export.objects.filter(may_be, state__in=KEPT)
    ids = list(found.values_list("pk", flat=True))
    ExportPart.objects.filter(export__in=ids).delete()
    ready = Export.objects.filter(pk__in=ids, state=Export.State.READY)
    ready.update(state=Export.State.EXPIRED, salt="")
    # Whoever is writing it is overtaken at the next part; the sweep begins it anew.
    Export.objects.filter(pk__in=ids, state=Export.State.RUNNING).update(
        beat_at=None, last_key=0, rows_done=0, tries=0
    )
    return len(ids)


def drafts(person: Person) -> int:
    """Forms that somebody here has not saved, and that name them."""
    named = Q(fields__icontains=person.email) | Q(replaced__icontains=person.email)
    found = FormDraft.objects.filter(named) if person.email else FormDraft.objects.none()
    ids = [
        draft.pk
        for draft in found
        if person.is_named_in(json.dumps([draft.fields, draft.replaced], ensure_ascii=False))
    ]
    FormDraft.objects.filter(pk__in=ids).delete()
    return len(ids)
