"""An import taken back as a whole: its signatures, its consents, and whoever only it had brought.

Who acted or said yes of their own will since then stays, with what is theirs.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from actions.erasing import Person
from actions.models import Action, PaperSignature, Submission
from actions.recount import recount_ask
from actions.replaying import Became
from desk.models import Import, ImportedPerson
from desk.models.importing import UNREAD
from supporters import journal
from supporters.journal import Deed, Line
from supporters.models import Consent, Supporter
from supporters.people import keyed_hash

SOME = 1000


@transaction.atomic
def take_back_some(of: Import) -> bool:
    """A thousand of its rows; False once there is none left."""
    signed = PaperSignature.objects.filter(batch=of.public_id).order_by("pk")
    signatures = list(signed.values_list("pk", flat=True)[:SOME])
    PaperSignature.objects.filter(pk__in=signatures).delete()
    brought = list(ImportedPerson.objects.filter(of=of).order_by("pk")[:SOME])
    # The lines themselves, no end of them: they were never said.
    Consent.objects.filter(pk__in=[each.consent_id for each in brought]).delete()
    new = [each.supporter_id for each in brought if each.is_new]
    ImportedPerson.objects.filter(pk__in=[each.pk for each in brought]).delete()
    only_brought(new).delete()
    return bool(signatures or brought)


def only_brought(supporters: list[int]) -> QuerySet[Supporter]:
    """Of these, whoever did nothing here themselves and is in no other import."""
    theirs = Supporter.objects.filter(pk__in=supporters, proven_at=None)
    for rows in (Action.objects, Consent.objects, ImportedPerson.objects, PaperSignature.objects):
        theirs = theirs.exclude(Exists(rows.filter(supporter=OuterRef("pk"))))
    found: QuerySet[Supporter] = theirs.exclude(
        Exists(Submission.objects.filter(supporter_key=OuterRef("key")))
    )
    return found


def forget_signature(person: Person) -> int:
    """On paper it stays a number, of somebody who is erased (settings.HOLDERS_OF_PEOPLE)."""
    number = 0
    for signature in PaperSignature.objects.filter(supporter=person.pk):
        # Not by their name and ZIP code any more: who signs once more counts anew.
        signature.person = keyed_hash(f"paper of nobody\n{signature.pk}")
        for name in ("given_name", "family_name", "city", "zip"):
            setattr(signature, name, "")
        signature.supporter = None
        signature.save()
        number += 1
    return number


def note_in_journal(of: Import) -> None:
    """Raises journal.CannotNote: then it is not undone yet, and the sweep tries again."""
    journal.note(Deed.IMPORT_UNDONE, batch=of.public_id)


def again(line: Line) -> Became:
    """After a restore that knows the import as it was before (settings.REPLAYED_BY)."""
    of = Import.objects.filter(public_id=line.id("batch")).select_related("ask").first()
    if of is None:
        return Became.UNKNOWN
    if of.state == Import.State.UNDONE:
        return Became.STANDS
    while take_back_some(of):
        pass
    of.parts.all().delete()
    Import.objects.filter(pk=of.pk).update(state=Import.State.UNDONE, **UNREAD)
    if of.ask:
        recount_ask(of.ask)
    return Became.DONE
