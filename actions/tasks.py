"""What the clock calls."""

from celery import shared_task

from actions import pending_of_last_release, recount, reminders, retention, retry_lookup
from actions.breakdowns import checking, letters, visits
from actions.erasing import promised, seals
from actions.followup import (
    awaits_roster,
    campaign_end,
    corrected_address,
    fallback,
    schedule,
    tell_writers,
)
from actions.heroes import forgetting
from actions.my_page import mailing, new_mailbox
from actions.updates.sending import UPDATES
from campaigns.models import Ask


@shared_task(name="actions.tasks.count")
def count() -> None:
    """The numbers on pages follow what people do."""
    recount.recount()


@shared_task(name="actions.tasks.count_visits")
def count_visits() -> None:
    """Views and starts of the last minute join the numbers."""
    visits.flush()


@shared_task(name="actions.tasks.count_letters")
def count_letters() -> None:
    """The numbers of letters follow what becomes of them."""
    letters.follow_letters()


@shared_task(name="actions.tasks.check_each")
def check_each() -> None:
    """Each ask's numbers are counted once more, from the rows."""
    checking.check_each()


@shared_task(name=checking.TASK)
def check_numbers(ask: int) -> None:
    """One ask's."""
    checking.check(Ask(pk=ask))


@shared_task(name="actions.tasks.finish_unmatched")
def finish_unmatched() -> None:
    """Where lookup gave no answer, and what the release before took down."""
    pending_of_last_release.adopt_all()
    retry_lookup.finish_all()


@shared_task(name="actions.tasks.look_for_rosters")
def look_for_rosters() -> None:
    """What waits to hear who holds a seat goes on once a roster tells."""
    awaits_roster.look_again()


@shared_task(name="actions.tasks.tell_of_failures")
def tell_of_failures() -> None:
    """What failed takes its next route, or is told to its writer."""
    try:  # whatever finds another way is no failure
        fallback.fall_back()
        corrected_address.correct()
    finally:
        tell_writers.tell()


@shared_task(name="actions.tasks.finish_endings")
def finish_endings() -> None:
    """Whose half hour to undo it is over has ended for good."""
    campaign_end.finish_all()


@shared_task(name="actions.tasks.keep_schedules")
def keep_schedules() -> None:
    """Campaigns open and close at the times that were set."""
    schedule.keep_all()


@shared_task(name="actions.tasks.remind")
def remind() -> None:
    """Who has not pressed the button after a day is asked once more."""
    reminders.remind_all()


@shared_task(name="actions.tasks.forget_unconfirmed")
def forget_unconfirmed() -> None:
    """What nobody confirmed in time is kept no longer."""
    retention.forget_unconfirmed()
    forgetting.forget_old()


@shared_task(name=mailing.TASK)
def mail_pages() -> None:
    """Links to people's own pages; another mailbox is asked, and the old one told."""
    mailing.mail_pages()
    new_mailbox.mail_all()


@shared_task(name="actions.tasks.keep_promises")
def keep_promises() -> None:
    """What people wrote in campaigns whose promised time is over is taken out."""
    promised.keep_promises()


@shared_task(name="actions.tasks.blank_settled_seals")
def blank_settled_seals() -> None:
    """What may have left when its writer was erased is blanked once that is settled."""
    seals.blank_settled()


@shared_task(name="actions.tasks.send_updates")
def send_updates() -> None:
    """What waited its half hour goes out; what stopped on its way goes on."""
    UPDATES.start_due()


@shared_task(name="actions.tasks.write_update")
def write_update(update_id: int) -> None:
    """To everybody who asked to hear of its campaign."""
    UPDATES.write(update_id)
