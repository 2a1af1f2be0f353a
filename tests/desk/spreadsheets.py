"""What an export wrote, read back as a spreadsheet program would."""

import csv
import io

from desk.models import ExportPart
from desk.supporters import csv_cells

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
