"""What the console itself keeps."""

from desk.models.district import SupporterDistrict
from desk.models.export import Export, ExportPart, Segment
from desk.models.form_draft import FormDraft
from desk.models.importing import Import, ImportedPerson, ImportPart
from desk.models.raised_alarm import RaisedAlarm
from desk.models.resend import Resend
from desk.models.trend import Trend
from desk.models.verdict import Decided, Verdict

__all__ = [
    "Decided",
    "Export",
    "ExportPart",
    "FormDraft",
    "Import",
    "ImportPart",
    "ImportedPerson",
    "RaisedAlarm",
    "Resend",
    "Segment",
    "SupporterDistrict",
    "Trend",
    "Verdict",
]
