"""What an export wrote, read back as a spreadsheet program would."""

import csv
import io

from desk.models import ExportPart
from desk.supporters import csv_cells, export_job
from desk.supporters.filters import Selection

PURPOSE = "Invitations for the May meeting"


def content(export):
    return b"".join(
        bytes(part.content) for part in ExportPart.objects.filter(export=export).order_by("number")
    )


def read(export):
    text = content(export).decode("utf-8-sig")
    return [
        {name: csv_cells.plain(cell) for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def emails(export_rows):
    return {row["email"] for row in export_rows}


def exported(eve, **chosen):
    """An export written to its end, read back as a spreadsheet program would."""
    export = export_job.ask_for_export(
        eve, kind="supporters", filters=Selection(**chosen).as_json(), purpose=PURPOSE
    )
    export_job.write(export.pk)
    return read(export)
