"""The script: who does what, drawn from a seed before anything happens.

The same seed is the same script.
"""

import random
from dataclasses import dataclass, field

from tests.chaos.scene import LETTER, OPEN_LETTER, PETITION, TARGETS

# What one person does, one after the other, and how often such a person comes.
STORIES = {
    ("submit", "confirm"): 10,
    ("submit", "submit again", "confirm"): 3,
    ("submit twice at once", "confirm", "confirm"): 3,
    ("submit",): 2,
    ("submit", "confirm", "withdraw"): 3,
    ("submit", "not me"): 1,
    ("submit", "other words", "confirm"): 2,
    ("submit", "confirm", "withdraw", "act again", "confirm"): 1,
    ("submit", "other words", "confirm both"): 2,
    ("submit", "confirm and send more"): 2,
    ("submit", "confirm and not me"): 2,
    ("submit", "other words", "not me first", "confirm"): 1,
}


@dataclass
class Part:
    """One person and one ask; `deeds` are done in order, each until there is a final answer."""

    number: int
    seed: int
    ask: tuple[str, int]
    zip: str
    deeds: list[str]
    # What the crowd writes down: one entry per submission that was accepted, as (key of the form,
    # own words).
    accepted: list[tuple[str, str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)  # also what never got an answer
    left_waiting: list[int] = field(
        default_factory=list
    )  # deliveries that were still on their way out when it was taken back
    own_words: str = ""
    # What the page showed whose button they pressed last: several where they raced. Ever: `confirmed`.
    read: set[str] = field(default_factory=set)
    confirmed: set[str] = field(default_factory=set)
    denied: dict[str, str] = field(default_factory=dict)  # "not me": its link, and what it showed
    looked_at: tuple[str, int] = ("", 0)  # in vain: for which deed, among how many mails

    @property
    def email(self):
        """Each at a mail domain of their own: many at one look like a machine (screening.bursts)."""
        return f"p{self.number}@p{self.number}-{self.seed}.people.example"

    @property
    def given_name(self):
        return f"Nora{self.number}"

    @property
    def address(self):
        """Of the network: everybody comes from somewhere else."""
        return f"10.{self.seed % 200}.{self.number // 250}.{self.number % 250 + 1}"

    @property
    def targets(self):
        return TARGETS[self.zip] if self.ask != PETITION else set()


def script(seed, people):
    chance = random.Random(f"play {seed}")
    asks, zips = (
        [LETTER] * 5 + [OPEN_LETTER] * 2 + [PETITION] * 3,
        ["00001"] * 3 + ["00002", "00003"],
    )
    parts = []
    for number in range(people):
        ask, deeds = chance.choice(asks), chance.choices(list(STORIES), STORIES.values())[0]
        parts.append(Part(number, seed, ask, chance.choice(zips), list(deeds)))
    return parts
