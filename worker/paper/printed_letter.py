"""A letter on paper as it is sealed: everything that will be printed, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from worker.paper.laid_out import breakable, direction, lines_of


class NoLetter(ValueError):
    """These bytes are no letter on paper: another channel's, or blanked after retention."""


@dataclass(frozen=True)
class Postal:
    """An address in capitals, as the Postal Service reads it. `above` may be blank."""

    name: str
    above: str
    street: str
    city: str
    state: str
    zip: str

    @property
    def lines(self) -> list[str]:
        """As they stand in the window, without the blank ones."""
        last = f"{self.city} {self.state} {self.zip}".strip()
        return [line for line in (self.name, self.above, self.street, last) if line]


@dataclass(frozen=True)
class PrintedLetter:
    """`text` is paragraphs, a line break within one allowed; `closing` is "Sincerely," and the
    writer's lines, in their own spelling.
    """

    to: Postal
    sender: Postal
    sender_name: str
    addressee: str
    writer: str
    date: str
    subject: str
    text: tuple[str, ...]
    closing: tuple[str, ...]
    via: str

    def to_bytes(self) -> bytes:
        """The same letter always gives the same bytes, whose digest a batch keeps."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, sealed: bytes) -> PrintedLetter:
        """Raises NoLetter."""
        try:
            row = json.loads(sealed)
            to, sender = Postal(**row.pop("to")), Postal(**row.pop("sender"))
            return cls(
                to=to,
                sender=sender,
                text=tuple(row.pop("text")),
                closing=tuple(row.pop("closing")),
                **row,
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise NoLetter("This is no letter on paper.") from error

    def as_text(self) -> str:
        """The letter as it is read, from greeting to closing."""
        closing = "\n\n".join([*self.closing[:1], "\n".join(self.closing[1:])])
        return "\n\n".join([*self.text, closing]) + "\n"

    def as_printed(self, *, mark: str = "", leaves_room: bool = False) -> Mapping[str, Any]:
        """What worker/paper/letter.typ asks for. `leaves_room`: for a signature by hand."""
        return {
            "to": self.to.lines,
            "from": [breakable(line) for line in (self.sender_name, *self.sender.lines[1:])],
            "addressee": breakable(self.addressee),
            "writer": breakable(self.writer),
            "date": self.date,
            "subject": breakable(self.subject),
            "subject_runs": direction(self.subject),
            "text": [
                {"words": breakable(paragraph), "runs": direction(paragraph)}
                for paragraph in self.text
            ],
            "closing": [breakable(line) for line in self.closing],
            "via": breakable(self.via),
            "mark": mark,
            "leaves_room": leaves_room,
            "may_be_long": self.may_be_long,
        }

    @property
    def may_be_long(self) -> bool:
        """Whether it could have a second page.

        Rough and on the safe side: a page has 29 lines of about 85 letters.
        """
        lines = lines_of(self.text)
        around = 6 + len(self.closing)
        return lines + 0.4 * len(self.text) + around > 28
