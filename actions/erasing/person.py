"""Who is erased, as every room that holds something of them looks for it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from supporters.models import Supporter
from supporters.people import keyed_hash


@dataclass(frozen=True)
class Person:
    """As they were known in the moment of their erasure. In memory only; never logged or stored.

    `shares_mailbox`: somebody else of this mailbox stays known, so what is the mailbox's stays.
    """

    pk: int
    public_id: uuid.UUID
    key: str
    mailbox: str
    email: str
    given_name: str
    family_name: str
    phone: str
    street: str
    shares_mailbox: bool

    @classmethod
    def of(cls, supporter: Supporter, *, besides: Collection[int] = ()) -> Person:
        """`besides`: other records of the same person, which do not share their mailbox."""
        others = Supporter.objects.filter(mailbox=supporter.mailbox)
        others = others.exclude(pk__in=[supporter.pk, *besides])
        return cls(
            pk=supporter.pk,
            public_id=supporter.public_id,
            key=supporter.key,
            mailbox=supporter.mailbox,
            email=supporter.email,
            given_name=supporter.given_name,
            family_name=supporter.family_name,
            phone=supporter.phone,
            street=supporter.street,
            shares_mailbox=others.exists(),
        )

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def writer_key(self) -> str:
        """What their letters have in common (worker.models.Delivery)."""
        return keyed_hash(f"writer\n{self.mailbox}")

    def is_named_in(self, text: str) -> bool:
        """Whether a text that others wrote names their mailbox, telephone, street or whole name.

        A given name alone is anybody's.
        """
        wanted = (self.email, self.name if self.family_name else "", self.phone, self.street)
        folded = text.casefold()
        return any(word.casefold() in folded for word in wanted if word)
