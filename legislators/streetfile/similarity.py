"""How much one street is like another: what a difference costs, from 0 to never.

More than candidates.GOOD each, so that a letter-for-letter street stands before all others.
"""

from __future__ import annotations

from legislators.street_line import Street

LONG_NAME = 6
MISSING, ELSEWHERE, OTHER_KIND, TYPO, SECOND_TYPO, OTHER_ZIP = 0.12, 0.12, 0.25, 0.15, 0.3, 0.15
NEVER = 1.0


def street_cost(asked: Street, there: Street) -> float:
    return _direction_cost(asked, there) + _kind_cost(asked.kind, there.kind)


def _direction_cost(asked: Street, there: Street) -> float:
    ours, theirs = (asked.before, asked.after), (there.before, there.after)
    if ours == theirs:
        return 0.0
    if ours == theirs[::-1]:
        return ELSEWHERE
    before, after = (ours[0], theirs[0]), (ours[1], theirs[1])
    # "N Main St" and "Main St S" clash too, though each says nothing where the other does.
    either = (ours[0] or ours[1], theirs[0] or theirs[1])
    clash = any(a and b and a != b for a, b in (before, after, either))
    return NEVER if clash else MISSING


def _kind_cost(asked: str, there: str) -> float:
    if asked == there:
        return 0.0
    if not asked or not there or asked.strip("^") == there.strip("^") or "^HWY" in (asked, there):
        return MISSING
    return OTHER_KIND


def typo_cost(asked: str, there: str) -> float:
    """Numbers are never mistyped into each other: 4th is not 5th."""
    if any(character.isdigit() for character in asked + there) or abs(len(asked) - len(there)) > 2:
        return NEVER
    distance = edits(asked, there)
    if distance == 1:
        return TYPO if len(asked) > LONG_NAME else OTHER_KIND
    return SECOND_TYPO if distance == 2 and len(asked) > LONG_NAME else NEVER


def edits(a: str, b: str) -> int:
    """Letters to add, drop, change or swap with their neighbour; 3 stands for more than two."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before = before, row
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y)))
            if older and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], older[j - 2] + 1)
        # It can only grow from here: too far already.
        if min(row) > 2:
            return 3
    return min(row[-1], 3)
