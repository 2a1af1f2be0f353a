"""Two records that are one person become one; for thirty days that can be undone.

What moved is written down by ids. The record that went stays as a way to the other one, in no list:
its key leads there. Whoever erases either erases both (actions.erasing), and the trail with them,
so that undoing never brings anything back.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from actions.corrected_here import ADDRESS, WISHES
from actions.erasing.erasure import NOBODYS
from actions.models import Action, Hero, SameKey
from actions.my_page import keys
from actions.withdraw import move, stop
from supporters import narrowing
from supporters.looks import subject_of
from supporters.models import Merge, Note, Supporter, Suppression, Tagged
from supporters.people import key_of, take_turns
from supporters.suppressions import suppress

UNDO_FOR = dt.timedelta(days=30)
WHAT_IT_HELD = (
    "street",
    "city",
    "state",
    "zip",
    "prefix",
    "given_name",
    "family_name",
    "email",
    "phone",
)
State = Action.State


class CannotMerge(Exception):
    """Says why, to whoever wanted it."""


class CannotUndo(CannotMerge):
    """Says why, to whoever wanted it."""


@transaction.atomic
def merge(kept: Supporter, gone: Supporter, *, author: str, reason: str) -> Merge:
    """All that `gone` did is `kept`'s. Who did one ask twice counts once, as they did it first; of
    two answers about mail the narrower holds. Raises CannotMerge, journal.CannotNote.
    """
    kept, gone = locked(kept, gone)
    if why := why_not(kept, gone):
        raise CannotMerge(why)
    moved: dict[str, Any] = {"others": ids(gone.others.all())}
    Supporter.objects.filter(pk__in=moved["others"]).update(merged_into=kept)
    Supporter.objects.filter(pk=gone.pk).update(merged_into=kept)
    keys.close_all(gone)
    # Before the others move: an ask that both did has room for one.
    moved["doubles"] = fold_doubles(kept, gone, author=author)
    single = Action.objects.filter(supporter=gone).exclude(
        pk__in=[double["double"] for double in moved["doubles"]]
    )
    moved["actions"] = ids(single)
    give(moved["actions"], kept)
    moved |= narrowing.take_over(kept, gone)
    # Of a record that stands for nobody no page is shown.
    moved["heroes"] = ids(Hero.objects.filter(supporter=gone))
    Hero.objects.filter(pk__in=moved["heroes"]).update(supporter=kept)
    moved["suppressed"] = spread_wishes(kept, gone)
    moved["tags"] = ids(gone.tagged.exclude(tag__in=kept.tagged.values("tag")))
    Tagged.objects.filter(pk__in=moved["tags"]).update(supporter=kept)
    moved["notes"] = ids(gone.notes.all())
    Note.objects.filter(pk__in=moved["notes"]).update(supporter=kept)
    moved["filled"] = fill(kept, gone)
    # Somebody here has answered what was asked of the two.
    SameKey.objects.filter(supporter__in=[kept, gone], other__in=[kept, gone]).delete()
    made = Merge.objects.create(kept=kept, gone=gone, moved=moved, author=author, reason=reason)
    audit.record(author, "supporters merged", subject_of(kept), gone=gone.pk, **numbers(moved))
    return made


def why_not(kept: Supporter, gone: Supporter) -> str:
    """Blank where they may be one person."""
    if kept.pk == gone.pk:
        return _("This is one and the same record.")
    if kept.merged_into_id or gone.merged_into_id:
        return _("One of them went into another record meanwhile.")
    # A mother and her son share a mailbox more often than somebody's age changes.
    if kept.is_minor != gone.is_minor:
        return _("One of them is under 18 and the other is not: these are two people.")
    if kept.is_demo != gone.is_demo:
        return _("One of them is made up, for the demonstration.")
    return ""


@transaction.atomic
def undo(merge: Merge, *, author: str) -> None:
    """Two records again, each with what was its own. What its owner ended or took back since stays
    so, and what was stopped stays stopped. Raises CannotUndo.
    """
    kept, gone = locked(merge.kept, merge.gone)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if why := why_not_undone(merge, kept):
        raise CannotUndo(why)
    moved = merge.moved
    theirs = Action.objects.filter(supporter=kept)
    give(ids(theirs.filter(pk__in=moved["actions"])), gone)
    # Of a merge before these pages, none.
    heroes = Hero.objects.filter(supporter=kept, pk__in=moved.get("heroes", []))
    heroes.update(supporter=gone)
    for double in moved["doubles"]:
        unfold(double, kept, gone)
    narrowing.give_back(kept, gone, moved, since=merge.at)
    # Only where it is still the same wish; a bounce since then is the mailbox's own.
    suppressed = Suppression.objects.in_force().filter(mailbox__in=moved["suppressed"])
    suppressed.filter(reason__in=WISHES).update(lifted_at=timezone.now())
    Tagged.objects.filter(pk__in=moved["tags"], supporter=kept).update(supporter=gone)
    Note.objects.filter(pk__in=moved["notes"], supporter=kept).update(supporter=gone)
    unfill(kept, gone, moved["filled"])
    others = Supporter.objects.filter(pk__in=moved["others"], merged_into=kept)
    others.update(merged_into=gone)
    Supporter.objects.filter(pk=gone.pk).update(merged_into=None)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    audit.record(author, "merge undone", subject_of(kept), gone=gone.pk)


def why_not_undone(merge: Merge, kept: Supporter) -> str:
    if merge.undone_at or merge.gone.merged_into_id != kept.pk:
        return _("This was undone already.")
    if kept.merged_into_id:
        return _("This record went into another one since: undo that first.")
    # A correction has given its key to the other one: apart, neither would be found by its own.
    if not is_over(merge) and not has_its_key(merge.gone):
        return _("What one of them is called, or their mailbox, was corrected since.")
    if is_over(merge):
        return _("More than 30 days have passed: what the other record held is forgotten.")
    return ""


def has_its_key(row: Supporter) -> bool:
    return row.key == key_of(row.email, row.given_name, row.family_name)


def is_over(merge: Merge) -> bool:
    return merge.forgotten_at is not None or merge.at < timezone.now() - UNDO_FOR


def forget_what_went() -> int:
    """Nightly: what can no longer be undone needs no second copy of a person. How many records."""
    over = Merge.objects.standing().filter(forgotten_at=None, at__lt=timezone.now() - UNDO_FOR)
    return sum(forget(merge) for merge in over.select_related("gone"))


@transaction.atomic
def forget(merge: Merge) -> int:
    """Its key stays, as a hash, and leads to the one that stayed."""
    Supporter.objects.filter(pk=merge.gone_id).update(**dict.fromkeys(WHAT_IT_HELD, ""))
    blank = {name: value for name, value in NOBODYS.items() if name != "supporter"}
    Action.objects.filter(supporter=merge.gone_id).update(**blank)
    Merge.objects.filter(pk=merge.pk).update(forgotten_at=timezone.now())
    return 1


def locked(kept: Supporter, gone: Supporter) -> tuple[Supporter, Supporter]:
    """As everybody does it: the mailboxes' turns, their actions in order, then the two."""
    take_turns(*sorted({kept.mailbox, gone.mailbox}))
    both = [kept.pk, gone.pk]
    theirs = Action.objects.select_for_update(of=("self",)).filter(supporter__in=both)
    list(theirs.order_by("pk").values_list("pk", flat=True))
    rows = {
        row.pk: row
        for row in Supporter.objects.select_for_update().filter(pk__in=both).order_by("pk")
    }
    if len(rows) < len(set(both)):
        raise CannotMerge(_("One of them was deleted meanwhile."))
    return rows[kept.pk], rows[gone.pk]


def ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def give(actions: list[int], owner: Supporter | None) -> None:
    """And let the counts notice."""
    rows = Action.objects.filter(pk__in=actions)
    rows.update(supporter=owner, changed_at=timezone.now())


def fold_doubles(kept: Supporter, gone: Supporter, *, author: str) -> list[dict[str, Any]]:
    """Asks that both did: one action of each stays, and counts; the other one hangs on the record
    that went, and what of it has not left never will.
    """
    mine = {action.ask_id: action for action in Action.objects.filter(supporter=kept)}
    found = []
    for theirs in Action.objects.filter(supporter=gone).order_by("pk"):
        if theirs.ask_id in mine:
            stays, double = sorted((mine[theirs.ask_id], theirs), key=comes_first)
            found.append(fold(stays, double, kept, gone, author=author))
    return found


def comes_first(action: Action) -> tuple[bool, dt.datetime, int]:
    """What counts before what does not, then the earlier."""
    return action.state != State.CONFIRMED, action.created_at, action.pk


def fold(
    stays: Action, double: Action, kept: Supporter, gone: Supporter, *, author: str
) -> dict[str, Any]:
    written = {
        "stays": stays.pk,
        "double": double.pk,
        "was": double.state,
        "was_public": double.name_is_public,
        "swapped": stays.supporter_id == gone.pk,
    }
    if written["swapped"]:
        swap(stays.pk, to=kept, other=double.pk, other_to=gone)
    # Not by actions.withdraw: the journal would take it back again after a restore, also undone.
    if double.state == State.CONFIRMED:
        double.refresh_from_db()
        move(double, State.WITHDRAWN, withdrawn_at=timezone.now(), name_is_public=False)
        stop(double, reason="done twice by one person", author=author)
    return written


def unfold(double: dict[str, Any], kept: Supporter, gone: Supporter) -> None:
    """It counts again where the other one still does: an action taken back since was both."""
    stays = Action.objects.filter(pk=double["stays"], supporter=kept).first()
    row = Action.objects.filter(pk=double["double"], supporter=gone).first()
    if stays is None or row is None:
        return
    if double["was"] == State.CONFIRMED and stays.state == State.CONFIRMED:
        move(row, State.CONFIRMED, withdrawn_at=None, name_is_public=double["was_public"])
    if double["swapped"]:
        swap(stays.pk, to=gone, other=row.pk, other_to=kept)


def swap(one: int, *, to: Supporter, other: int, other_to: Supporter) -> None:
    """Nobody has one ask twice, not even for a moment."""
    # Rows without a supporter are not compared with each other.
    give([other], None)
    give([one], to)
    give([other], other_to)


def spread_wishes(kept: Supporter, gone: Supporter) -> list[str]:
    """Whoever asked for no mail at one mailbox gets none at the other. Which were suppressed."""
    wishes = Suppression.objects.in_force().filter(reason__in=WISHES)
    reasons = dict(
        wishes.filter(mailbox__in=[kept.mailbox, gone.mailbox]).values_list("mailbox", "reason")
    )
    others = {kept.mailbox, gone.mailbox} - set(reasons)
    if not reasons:
        return []
    for mailbox in others:
        suppress(mailbox, next(iter(reasons.values())))
    return sorted(others)


def fill(kept: Supporter, gone: Supporter) -> list[str]:
    """What the one that stays does not know, from the other. Which fields."""
    # An address is one thing: half of it from each would be nobody's.
    names = ["phone", "prefix"]
    if not kept.zip and not kept.street:
        names += [name for name in ADDRESS if name != "country"]
    filled = [name for name in names if getattr(gone, name) and not getattr(kept, name)]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    # One mailbox has answered for both.
    if kept.mailbox == gone.mailbox and kept.proven_at is None:
        kept.proven_at = gone.proven_at
    kept.save(update_fields=[*filled, "proven_at"])
    return filled


def unfill(kept: Supporter, gone: Supporter, filled: list[str]) -> None:
    """Where it was not corrected since."""
    same = [name for name in filled if getattr(kept, name) == getattr(gone, name)]
    Supporter.objects.filter(pk=kept.pk).update(**dict.fromkeys(same, ""))


def numbers(moved: dict[str, Any]) -> dict[str, int]:
    """For the audit log."""
    return {name: len(moved[name]) for name in ("actions", "doubles", "consents", "notes", "tags")}
