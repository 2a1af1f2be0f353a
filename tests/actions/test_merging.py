"""Two records of one person become one, once counted, with the narrower of their answers; and what
moved can be moved back, but never what was erased or ended since.
"""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from actions import corrected_here, merging, recount, take
from actions.confirm import confirm
from actions.erasing import erase
from actions.models import Action
from campaigns import counts
from supporters import consent, tags
from supporters.mail import is_suppressed
from supporters.models import Consent, Merge, Note, Supporter, Tag
from supporters.people import mailbox_of
from supporters.suppressions import suppress
from tests import build
from worker.models import Delivery

pytestmark = pytest.mark.django_db
NEWSLETTER = Consent.Purpose.NEWSLETTER


def act(ask, **entry):
    form = build.filled_form(ask, entry=build.entry(**entry))
    return confirm(take.take_action(ask, form))


def verified(ask):
    recount.recount()
    return counts.of_ask(ask).verified


@pytest.fixture
def both(letter_ask):
    """Nora by two mailboxes: the second one wrote first, and both signed the petition's ask."""
    petition = build.ask("petition", campaign=letter_ask.campaign)
    build.petition_text(petition, "We ask for this.")
    second = act(letter_ask, email="nora@work.example.org", phone="+14105550123")
    first = act(letter_ask)
    act(petition, email="nora@work.example.org")
    return first.supporter, second.supporter, letter_ask, petition


def merge(kept, gone):
    return merging.merge(kept, gone, author="sam@example.org", reason="She called.")


def test_who_acted_twice_counts_once_and_again_twice_when_it_is_undone(both):
    kept, gone, letter, petition = both
    later = Action.objects.get(ask=letter, supporter=kept)
    assert (verified(letter), verified(petition)) == (2, 1)
    made = merge(kept, gone)

    assert (verified(letter), verified(petition)) == (1, 1)
    stays = Action.objects.counted().filter(supporter=kept)
    assert {action.ask_id for action in stays} == {letter.pk, petition.pk}
    assert later not in stays
    assert not Delivery.objects.filter(
        pk__in=later.letters.values("delivery"), state="queued"
    ).exists()
    kept.refresh_from_db()
    assert kept.phone == "+14105550123"
    line = AuditEntry.objects.get(deed="supporters merged")
    assert line.detail["doubles"] == 1
    assert "example" not in str(line.detail)

    # Signing once more by the other mailbox is the same person's.
    again = act(letter, email="nora@work.example.org")
    assert again.supporter == kept
    assert (verified(letter), Action.objects.counted().count()) == (1, 2)

    merging.undo(made, author="sam@example.org")
    assert (verified(letter), verified(petition)) == (2, 1)
    assert Action.objects.get(ask=petition).supporter == gone
    with pytest.raises(merging.CannotUndo):
        merging.undo(Merge.objects.get(), author="sam@example.org")


def test_of_two_answers_the_narrower_holds_and_what_was_ended_since_stays_ended(both):
    kept, gone, *_asks = both
    for person in (kept, gone):
        consent.grant(person, NEWSLETTER, "News, please.")
        consent.grant(person, Consent.Purpose.PUBLIC_NAME, "Show it.")
    consent.end(gone, NEWSLETTER)
    suppress(gone.mailbox, "asked")
    tags.set_tags(gone, [Tag.objects.create(name="speaks")], author="sam")
    Note.objects.create(supporter=gone, text="Called.", author="sam")
    made = merge(kept, gone)

    assert not consent.is_granted(kept, NEWSLETTER)
    assert consent.is_granted(kept, Consent.Purpose.PUBLIC_NAME)
    assert is_suppressed(kept.mailbox)
    assert (kept.tagged.count(), kept.notes.count()) == (1, 1)

    consent.end(kept, Consent.Purpose.PUBLIC_NAME)
    merging.undo(made, author="sam")
    assert consent.is_granted(kept, NEWSLETTER)
    for person in (kept, gone):
        assert not consent.is_granted(person, Consent.Purpose.PUBLIC_NAME)
    assert (is_suppressed(kept.mailbox), is_suppressed(gone.mailbox)) == (False, True)
    assert (gone.tagged.count(), gone.notes.count()) == (1, 1)


def test_erasing_leaves_nothing_to_undo_and_no_word_of_either_record(both):
    kept, gone, letter, petition = both
    merge(kept, gone)
    erase(kept, by="sam@example.org", how="post")

    assert not Supporter.objects.exists()
    assert not Merge.objects.exists()
    assert not Action.objects.exclude(own_words="").exists()
    assert (verified(letter), verified(petition)) == (1, 1)


def test_after_thirty_days_the_second_copy_of_a_person_is_forgotten(both):
    kept, gone, letter, _petition = both
    made = merge(kept, gone)
    Merge.objects.update(at=timezone.now() - dt.timedelta(days=31))

    assert merging.forget_what_went() == 1
    gone.refresh_from_db()
    assert (gone.email, gone.given_name) == ("", "")
    with pytest.raises(merging.CannotUndo):
        merging.undo(made, author="sam")
    assert act(letter, email="nora@work.example.org").supporter == kept


def test_who_cannot_be_one_person_is_not_merged(both):
    kept, gone, *_asks = both
    young = build.supporter(is_minor=True)

    for pair in ((kept, kept), (kept, young), (kept, build.supporter(is_demo=True))):
        with pytest.raises(merging.CannotMerge):
            merge(*pair)
    merge(kept, gone)
    with pytest.raises(merging.CannotMerge):
        merge(gone, kept)


def test_a_corrected_name_is_the_same_person_and_another_mailbox_is_unproven(letter_ask):
    person = act(letter_ask, given_name="Norah").supporter
    suppress(person.mailbox, "asked")
    assert corrected_here.correct(person, {"given_name": "Nora", "street": "2 Oak St"}) == [
        "given_name",
        "street",
    ]
    assert act(letter_ask, given_name="Norah").supporter == person
    assert act(letter_ask).supporter == person
    assert Supporter.objects.whole().count() == 1

    other = build.supporter(email="olga@example.org")
    with pytest.raises(corrected_here.Taken) as taken:
        corrected_here.correct(person, {"email": "OLGA@example.org"})
    assert taken.value.other == other
    corrected_here.correct(person, {"email": "nora@new.example.org"})
    person.refresh_from_db()
    assert person.proven_at is None
    assert person.mailbox == mailbox_of("nora@new.example.org")
    assert is_suppressed(person.mailbox)
