"""After an upgrade one person counts once, however their name was spelled before it: their row gets
today's key, and two rows of one person are told.
"""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.models import Action, Letter, Submission
from actions.rekeying import rekey, rekey_one, rekey_submissions
from supporters.models import Supporter
from supporters.people import key_before, key_of, mailbox_of, remember
from tests import build
from tests.together import together

LUKASZ, PLAIN = (
    {"given_name": given, "family_name": "Nowak", "email": "l@example.org"}
    for given in ("Łukasz", "Lukasz")
)
OLD, TODAY = "old", "today"


def row(which=OLD, **typed):
    """As the release before wrote it, or this one."""
    entry = build.entry(**typed)
    key = key_before(entry) if which == OLD else key_of(*(typed[name] for name in NAMED))
    return Supporter.objects.create(
        key=key, mailbox=mailbox_of(entry.email), proven_at=timezone.now(), **typed
    )


NAMED = ("email", "given_name", "family_name")


def run(*args):
    said = StringIO()
    call_command("rekey_supporters", *args, stdout=said)
    return said.getvalue()


def keys():
    return dict(Supporter.objects.values_list("pk", "key"))


@pytest.mark.django_db
def test_whoever_has_a_row_of_before_is_found_with_and_without_being_rekeyed(letter_ask):
    known = row(**LUKASZ)
    assert remember(build.entry(**LUKASZ)) == known

    run()
    assert remember(build.entry(**PLAIN)) == known == remember(build.entry(**LUKASZ))
    assert Supporter.objects.count() == 1


@pytest.mark.django_db
def test_a_name_without_such_letters_keeps_its_key():
    row(given_name="Sean", family_name="O'Neil", email="s@example.org")
    before = keys()

    assert "0 supporters" in run()
    assert keys() == before


@pytest.mark.django_db
def test_a_pair_that_meets_keeps_the_older_row_and_is_told_in_every_run():
    older, younger = row(**LUKASZ), row(TODAY, **PLAIN)

    for _ in range(2):
        said = run()
        assert f"One person: supporter {older.pk}, and later {younger.pk}." in said
        assert remember(build.entry(**LUKASZ)) == older == remember(build.entry(**PLAIN))
    assert len(set(keys().values())) == 2


@pytest.mark.django_db
def test_the_younger_of_a_pair_gives_way_also_where_its_name_has_the_letters():
    older, younger = row(TODAY, **PLAIN), row(**LUKASZ)
    before = keys()

    assert f"supporter {older.pk}, and later {younger.pk}." in run()
    assert keys() == before


@pytest.mark.django_db
def test_it_goes_on_where_it_was_stopped_and_repeats_nothing():
    rows = [row(**{**LUKASZ, "email": f"{letter}@example.org"}) for letter in "abc"]
    rekey_one(rows[0].pk)

    assert "2 supporters" in run("--after", str(rows[0].pk))
    assert "0 supporters" in run()
    assert [progress.pk for progress in rekey()] == [rows[-1].pk]


@pytest.mark.django_db
def test_a_row_of_another_hash_key_is_left_alone():
    known = row(**LUKASZ)
    Supporter.objects.update(mailbox="f" * 64)

    assert "0 supporters" in run()
    assert keys() == {known.pk: known.key}


@pytest.mark.django_db
def test_what_waited_for_its_mailbox_counts_once_and_no_office_gets_a_second_letter(letter_ask):
    sent = [
        take.take_action(letter_ask, build.filled_form(letter_ask, entry=build.entry(**typed)))
        for typed in (LUKASZ, PLAIN)
    ]
    # As the release before would have kept the first.
    Submission.objects.filter(pk=sent[0].pk).update(supporter_key=key_before(build.entry(**LUKASZ)))
    assert rekey_submissions() == 1
    assert rekey_submissions() == 0

    assert confirm(Submission.objects.get(pk=sent[0].pk)) == confirm(sent[1])
    assert Action.objects.count() == 1
    assert Letter.objects.count() == 2


@pytest.mark.django_db
def test_what_a_process_of_before_takes_down_meanwhile_counts_once_too(letter_ask):
    first = take.take_action(letter_ask, build.filled_form(letter_ask, entry=build.entry(**PLAIN)))
    action = confirm(first)
    late = take.take_action(
        letter_ask, build.filled_form(letter_ask, entry=build.entry(**LUKASZ), own_words="Late.")
    )
    Submission.objects.filter(pk=late.pk).update(supporter_key=key_before(build.entry(**LUKASZ)))

    assert confirm(Submission.objects.get(pk=late.pk)) == action
    assert Action.objects.get().own_words != "Late."


@pytest.mark.django_db
def test_what_they_sent_before_follows_them_to_the_new_key(letter_ask):
    known = row(**LUKASZ)
    sent = take.take_action(letter_ask, build.filled_form(letter_ask, entry=build.entry(**LUKASZ)))
    Submission.objects.update(supporter_key=known.key)

    run()
    known.refresh_from_db()
    sent.refresh_from_db()
    assert sent.supporter_key == known.key == key_of(*(PLAIN[name] for name in NAMED))


@pytest.mark.django_db
def test_who_has_acted_counts_once_also_before_their_row_is_rekeyed(letter_ask):
    action = confirm(
        take.take_action(letter_ask, build.filled_form(letter_ask, entry=build.entry(**LUKASZ)))
    )
    old = key_before(build.entry(**LUKASZ))
    Supporter.objects.update(key=old)
    Submission.objects.update(supporter_key=old)

    again = take.take_action(
        letter_ask, build.filled_form(letter_ask, entry=build.entry(**LUKASZ), own_words="Again.")
    )
    assert confirm(again) == action
    assert (Action.objects.count(), Supporter.objects.count()) == (1, 1)
    assert Letter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_runs_and_people_who_act_meanwhile_leave_one_row_for_each_person():
    typed = [{**LUKASZ, "email": f"p{n}@example.org"} for n in range(20)]
    people = [row(**one) for one in typed]

    together(run, run, lambda: [remember(build.entry(**one)) for one in typed])

    assert Supporter.objects.count() == len(people)
    assert re.search("^0 supporters", run(), re.MULTILINE)
