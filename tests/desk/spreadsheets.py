"""What an export wrote, read back as a spreadsheet program would."""

import csv
import io

from django.http import QueryDict
from django.urls import reverse

from desk.exports import job
from desk.models import Export
from desk.supporters import csv_cells, filters
from tests import build

PURPOSE = "Invitations for the May meeting"


def asked(eve, key="newsletter", chosen="", *, columns=None, **fields):
    """An export that its author has begun; `chosen` as an address line says it."""
    export = job.draft(
        eve,
        purpose_key=key,
        reason=PURPOSE,
        chosen=filters.read(QueryDict(chosen)),
        **fields,
    )
    assert job.begin(export, columns or export.columns)
    return export


def exported(eve, key="newsletter", chosen="", **fields):
    """Its rows, once a second person agreed where one is needed, and it is written to its end."""
    export = asked(eve, key, chosen, **fields)
    if export.state == "approval":
        job.approve(export, build.user("exporter", email="second@example.org"))
    job.write(export.pk)
    return read(export)


def content(export):
    export = Export.objects.get(pk=export.pk)
    return b"".join(job.content_of(export, of_workbook=export.format == "xlsx"))


def read(export):
    text = content(export).decode("utf-8-sig")
    return [
        {name: csv_cells.plain(cell) for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def emails(export_rows):
    return {row["email"] for row in export_rows}


def taken(client, export):
    """What whoever asked for it gets by pressing Download."""
    link = client.post(reverse("desk:export_download", args=[export.public_id]))["Location"]
    return client.get(link)
