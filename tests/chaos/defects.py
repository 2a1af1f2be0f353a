"""Our own code made worse, one way each.

The text that is replaced must stand there: who changes it mends the defect here.

`also` is SQL for what the schema would be without a constraint, said to the scenario's database
before anything runs.
"""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.chaos import scenarios
from tests.chaos.ground import HERE

ROOMS = (
    "config",
    "accounts",
    "legislators",
    "campaigns",
    "supporters",
    "worker",
    "actions",
    "desk",
    "demo",
    "api",
)
LINKED = ("templates", "static", "locale", "manage.py")


@dataclass(frozen=True)
class Defect:
    name: str
    invariant: str
    scenario: object
    changes: tuple[tuple[str, str, str], ...]  # file, text, worse text
    also: str = ""

    @contextmanager
    def applied(self, copy):
        """In a copy of the checkout, and taken back.

        Fails when a text is not there exactly once.
        """
        originals = {}
        try:
            for file, old, new in self.changes:
                path = copy / file
                text = path.read_text()
                originals.setdefault(path, text)
                assert text.count(old) == 1, (
                    f"{self.name}: {file} does not say {old!r} once any more. Mend tests/chaos/defects.py."
                )
                path.write_text(text.replace(old, new))
            yield
        finally:
            for path, text in originals.items():
                path.write_text(text)


def copy_of_the_checkout(folder):
    for room in ROOMS:
        shutil.copytree(HERE / room, folder / room)
    for name in LINKED:
        (folder / name).symlink_to(HERE / name)
    return folder


def one(name, invariant, scenario, file, old, new, *more, also=""):
    changes = [(file, old, new), *(more[n : n + 3] for n in range(0, len(more), 3))]
    return Defect(name, invariant, scenario, tuple(changes), also)


ENGINE = [
    one(
        "the sweep sends again what is in doubt",
        "I4",
        scenarios.killed,
        "worker/engine/interrupted.py",
        "        State.UNCERTAIN,\n",
        "        State.QUEUED,\n",
    ),
    one(
        "sent before the commit that says so",
        "I4",
        scenarios.killed,
        "worker/engine/transitions.py",
        "State.DATA.value, LEASE",
        "State.CLAIMED.value, LEASE",
        "worker/engine/transitions.py",
        """claim = %s AND state = 'data'\"""",
        """claim = %s AND state = 'claimed'\"""",
        "worker/engine/transitions.py",
        """"state IN ('data', 'uncertain')", "state = 'data'\"""",
        """"state = 'claimed'", "state = 'claimed'\"""",
    ),
    one(
        "one commit for a whole batch",
        "I7",
        scenarios.killed,
        "worker/engine/deliver.py",
        "opened = finish_and_open(last, letter",
        "opened = finish_and_open(None, letter",
        "worker/engine/deliver.py",
        "    if last:\n        finish_and_open(last, None, token)\n",
        "    for last in done:\n        finish_and_open(last, None, token)\n",
    ),
    one(
        "what a dead worker had claimed stays claimed",
        "I5",
        scenarios.killed,
        "worker/engine/sweep.py",
        "    requeue_abandoned()\n",
        "",
    ),
    one(
        "the first death sets a letter aside",
        "I5",
        scenarios.killed,
        "worker/engine/interrupted.py",
        "CRASHES_ALLOWED = 3",
        "CRASHES_ALLOWED = 1",
    ),
    one(
        "doubt is not shown to anybody",
        "I7",
        scenarios.killed_and_looked_at,
        "desk/mail/needs_person.py",
        "filter(state=State.UNCERTAIN)",
        "filter(state=State.FAILED)",
    ),
    one(
        "a lost answer counts as sent",
        "I6",
        scenarios.hung_up_on,
        "worker/engine/deliver.py",
        "State.UNCERTAIN, str(error), error.code",
        "State.SENT, str(error), error.code",
    ),
    one(
        "a lost answer is tried again",
        "I4",
        scenarios.hung_up_on,
        "worker/engine/deliver.py",
        "State.UNCERTAIN, str(error), error.code",
        "State.QUEUED, str(error), error.code, retry_pause(1)",
    ),
    one(
        "a refusal is called sent",
        "I6",
        scenarios.hung_up_on,
        "worker/engine/deliver.py",
        "State.FAILED if is_over else",
        "State.SENT if is_over else",
    ),
    one(
        "called sent before anybody was asked",
        "I6",
        scenarios.hung_up_on,
        "worker/engine/deliver.py",
        "            last = attempt(letter)\n",
        "            finish_and_open(Outcome(letter, State.SENT, ''), None, token)\n            last = attempt(letter)\n",
    ),
    one(
        "not now counts as never",
        "I5",
        scenarios.hung_up_on,
        "worker/engine/deliver.py",
        "is_over = error.permanent or",
        "is_over = True or",
    ),
    one(
        "what is too old is forgotten",
        "I5",
        scenarios.hung_up_on,
        "worker/engine/sweep.py",
        "    expire()\n",
        "",
    ),
    one(
        "a late worker goes on with what another has taken",
        "I4",
        scenarios.outlived,
        "worker/engine/transitions.py",
        "claim = %s AND state = 'claimed' AND",
        "%s <> '' AND",
        "worker/engine/transitions.py",
        """claim = %s AND state = 'data'\"""",
        """%s <> ''\"""",
    ),
    one(
        "a poisonous letter is tried for ever",
        "I5",
        scenarios.poisoned,
        "worker/engine/interrupted.py",
        "CRASHES_ALLOWED = 3",
        "CRASHES_ALLOWED = 1000",
    ),
    one(
        "holds are not read again",
        "I9",
        scenarios.on_hold,
        "worker/engine/transitions.py",
        "hold.scope = 'everything'",
        "hold.scope = 'nothing'",
    ),
]

DOORS = [
    one(
        "nothing keeps a form from being taken twice",
        "I2",
        scenarios.acting,
        "actions/take.py",
        "    if known is None:\n",
        "    if True:\n",
        also="ALTER TABLE actions_submission DROP CONSTRAINT one_submission_per_form_and_words;",
    ),
    one(
        "thanked, and nothing is kept",
        "I1",
        scenarios.acting,
        "actions/take.py",
        "    ask_mailbox(submission, form.fates, look)\n",
        "    ask_mailbox(submission, form.fates, look)\n    transaction.set_rollback(True)\n",
    ),
    one(
        "only the first office is written to",
        "I3",
        scenarios.acting,
        "actions/letters/write.py",
        "place.seat.pk not in written]",
        "place.seat.pk not in written][:1]",
    ),
    one(
        "what somebody else sent is confirmed",
        "I1",
        scenarios.acting,
        "actions/withdraw.py",
        "    submission.refresh_from_db()\n",
        "    submission.pk = Submission.objects.filter(mailbox=submission.mailbox).latest('pk').pk\n    submission.refresh_from_db()\n",
    ),
    one(
        "not me overlooks what was confirmed a moment before",
        "I1",
        scenarios.acting,
        "actions/withdraw.py",
        "    # It may have become an action a moment ago.\n    lock(submission)\n",
        "",
    ),
    one(
        "the second of two links replaces what counts",
        "I1",
        scenarios.acting,
        "actions/confirm.py",
        "    if counted:\n        return counted\n",
        "",
    ),
    one(
        "what is sealed is not what was confirmed",
        "I1",
        scenarios.acting,
        "actions/confirm.py",
        "    write_letters(action, not_written_to(submission, places))\n",
        "    newest = Submission.objects.filter(supporter_key=submission.supporter_key).latest('pk')\n"
        "    action.own_words = newest.own_words or action.own_words\n"
        "    write_letters(action, not_written_to(submission, places))\n",
    ),
    one(
        "letters do not wait for a yes",
        "I9",
        scenarios.acting,
        "actions/take.py",
        "    ask_mailbox(submission, form.fates, look)\n",
        "    ask_mailbox(submission, form.fates, look)\n    __import__('actions.confirm').confirm.confirm(submission)\n",
    ),
    one(
        "what is taken back still leaves",
        "I9",
        scenarios.acting,
        "actions/withdraw.py",
        "        stop(action, reason=reason, author=author)\n",
        "",
    ),
    one(
        "what is taken back stays counted",
        "I8",
        scenarios.acting,
        "actions/breakdowns/following.py",
        "is_counted = row.state == Action.State.CONFIRMED",
        "is_counted = True",
    ),
]

# Each of these has a fellow above that the same invariant finds: they are planted by bin/chaos
# --teeth, not by every bin/test.
LONG = {
    "sent before the commit that says so",
    "one commit for a whole batch",
    "a lost answer is tried again",
    "called sent before anybody was asked",
    "what a dead worker had claimed stays claimed",
    "the first death sets a letter aside",
    "a refusal is called sent",
    "not now counts as never",
    "a poisonous letter is tried for ever",
    "holds are not read again",
    "thanked, and nothing is kept",
    "not me overlooks what was confirmed a moment before",
    "the second of two links replaces what counts",
    "what is sealed is not what was confirmed",
    "what is taken back still leaves",
}


def named(defects):
    """For parametrize: each under its name, the long ones marked."""
    return [
        pytest.param(
            defect, id=defect.name, marks=[pytest.mark.long] if defect.name in LONG else []
        )
        for defect in defects
    ]
