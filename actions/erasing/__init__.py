"""Delete means: a person is taken out of everything, and what they did counts on as nobody's."""

from actions.erasing.erasure import How, erase
from actions.erasing.person import Person

__all__ = ["How", "Person", "erase"]
