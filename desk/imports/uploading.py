"""A file as it comes in: kept in parts, looked at for its heads, gone when nobody decides."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from desk.imports.columns import guessed
from desk.imports.reading import CELL, PART, Unreadable, is_workbook, opened, rows
from desk.models import Import, ImportPart
from desk.models.importing import UNREAD
from desk.sealing import Seal, new_salt

SHOWN = 5  # rows, so that somebody can tell the columns
OLD = dt.timedelta(days=1)
UNDECIDED = (Import.State.UPLOADED, Import.State.LOOKED, Import.State.FAILED, Import.State.STOPPED)


@transaction.atomic
def take_in(file: UploadedFile[Any], *, author: User, **said: Any) -> Import:
    """Nothing of it is anybody's yet. Raises Unreadable."""
    made = Import.objects.create(author=author, salt=new_salt(), **said)
    seal = Seal("import", made.salt)
    for number, content in enumerate(file.chunks(PART)):
        ImportPart.objects.create(of=made, number=number, content=seal.shut(number, content))
    with opened(made) as bytes_:
        made.is_workbook = is_workbook(bytes_)
        first = [cells for _number, cells in islice(rows(bytes_, is_workbook=made.is_workbook), 6)]
    # Raised inside the transaction: the parts of a file that nobody can read are not kept.
    if len(first) < 2:
        raise Unreadable(_("There is no row below the heads of the columns."))
    made.header = [head[:80] for head in first[0]]
    made.samples = [[cell[: CELL // 10] for cell in cells] for cells in first[1 : SHOWN + 1]]
    made.mapping = guessed(made.header)
    made.save()
    audit.record(author.email, "import uploaded", made.public_id.hex, kind=made.kind)
    return made


@transaction.atomic
def throw_away(of: Import, *, author: str) -> bool:
    """With its file; nothing of it was read in. False where it was."""
    found = Import.objects.filter(pk=of.pk, state__in=UNDECIDED)
    over = {"state": Import.State.STOPPED, "ended_at": timezone.now(), "faults": [], **UNREAD}
    if not found.update(**over):
        return False
    of.parts.all().delete()
    audit.record(author, "import thrown away", of.public_id.hex)
    return True


def throw_away_old() -> None:
    """Files of people that nobody decided about for a day, or that failed."""
    waiting = Import.objects.filter(state__in=UNDECIDED, noted_at__lt=timezone.now() - OLD)
    waiting.exclude(header=[]).update(**UNREAD)
    ImportPart.objects.filter(of__in=waiting).delete()
    undecided = waiting.filter(state__in=[Import.State.UPLOADED, Import.State.LOOKED])
    undecided.update(state=Import.State.STOPPED, ended_at=timezone.now())
