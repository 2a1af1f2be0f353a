"""The journal: deeds of supporters that must survive a restore of the database.

A line for each, by public id or keyed hash, on disk before the deed is committed, in a folder of
its own (JOURNAL_DIR). After a restore `manage.py replay_journal` does them again.
"""

from supporters.journal.lines import Deed, Line
from supporters.journal.writing import CannotNote, note, note_all, without_noting

__all__ = ["CannotNote", "Deed", "Line", "note", "note_all", "without_noting"]
