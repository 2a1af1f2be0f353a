"""What the link in a confirmation mail leads to: one submission as it would leave, and the button
that counts.

A GET shows it; only its POST changes anything, so mail scanners change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from actions import notices
from actions.confirm import confirm as confirm_submission
from actions.confirm import finished_letters, writes_to_nobody
from actions.letters.fates import Fates
from actions.letters.finished import FinishedLetter, fingerprint, read_by
from actions.letters.text import before_any_office, writer_from
from actions.models import Action, Call, Submission
from actions.offices import office_name, places_by_id
from actions.pages import share
from actions.pages.alternatives import next_step
from actions.pages.onward import lead_on, onward
from actions.pages.page_context import ask_url
from actions.pages.person_forms import AppealForm
from actions.pages.private_link import Forgotten, private_page, read_link, sent, show_private
from actions.screening import quarantine
from actions.screening.why_quarantined import why
from actions.status import items
from actions.status.wording import half_hour_in_words
from actions.take import counted_action
from actions.withdraw import not_me as take_out
from campaigns import counts, promised_time, words
from campaigns.models import Ask
from supporters import links
from supporters.mail import is_suppressed
from supporters.models import Supporter
from supporters.phones import shown_phone

# Of what was sent later, the page lists so many.
NEWER = 10
# Whoever fills a mailbox's list this far is looked for no further.
MOST_READ = 200


@private_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The button that counts, then what comes of it. An old link offers a fresh one."""
    try:
        submission = sent(links.read("confirm", token))
    except links.StaleLink as stale:
        return stale_link(request, sent(stale.public_id))
    except links.BadLink as bad:
        raise Http404 from bad
    counted = counted_action(submission)
    if submission.state == Submission.State.REFUSED and not counted:
        return refused(request, submission)
    if counted or not submission.is_open or waits_for_a_person(submission):
        return show_outcome(request, submission, counted)
    page = shown(submission)
    if request.method != "POST" or page["to_nobody"]:
        return show(request, "confirm", submission, **page)
    # Whatever changed since the page was made, such as who holds a seat, is read first.
    if request.POST.get("shown") != page["fingerprint"]:
        return show(request, "confirm", submission, **page, has_changed=True)
    try:
        return show_outcome(request, submission, confirm_submission(submission))
    except Submission.DoesNotExist as gone:
        raise Forgotten(submission.public_id) from gone


def waits_for_a_person(submission: Submission) -> bool:
    """Its mailbox has said all that it can say."""
    return submission.state == Submission.State.QUARANTINED and submission.appealed_at is not None


def refused(request: HttpRequest, submission: Submission) -> HttpResponse:
    """What was written, why it does not count, and the one appeal that there is."""
    # The button of a page that was opened before it was refused asks for something else.
    asks = request.method == "POST" and "appeal" in request.POST
    form = AppealForm(request.POST if asks else None)
    if asks and quarantine.may_appeal(submission) and form.is_valid():
        try:
            quarantine.appeal(submission, form.cleaned_data["appeal"])
        except Submission.DoesNotExist as gone:
            raise Forgotten(submission.public_id) from gone
        return show_outcome(request, submission, None)
    return show(
        request,
        "refused",
        submission,
        why=why(submission.quarantined_because),
        text=quarantine.what_was_written(submission),
        calls=calls_of(submission),
        may_appeal=quarantine.may_appeal(submission),
        form=form,
        not_me_url=reverse("actions:not_me", args=[links.make("not-me", submission.public_id)]),
    )


def shown(submission: Submission) -> dict[str, Any]:
    """What its writer reads before they confirm: all that was typed, and each letter as it would
    leave now.
    """
    letters = finished_letters(submission)
    return {
        "entry": submission.entry,
        "promised_time": promised_time.sentence(submission.ask.campaign),
        "phone": shown_phone(submission.entry.get("phone", "")),
        "letters": letters,
        **without_reader(submission),
        "copy": before_any_office(submission, writer_from(submission.entry)),
        "fingerprint": fingerprint(letters),
        "read_by": read_by(letters),
        **what_follows(submission, letters),
        "calls": calls_of(submission),
        "why": why(submission.quarantined_because) if submission.quarantined_because else "",
        "newer": [(other, page_url(other)) for other in newer(submission)],
        "unmailed": [
            (other, words.of(other.ask.campaign), page_url(other)) for other in unmailed(submission)
        ],
        "not_me_url": reverse("actions:not_me", args=[links.make("not-me", submission.public_id)]),
    }


def what_follows(submission: Submission, letters: Sequence[FinishedLetter]) -> dict[str, Any]:
    """What becomes of its letters once it is confirmed. A campaign that has ended sends none; while
    that can be undone they wait.
    """
    fates = Fates.of(letter.fate for letter in letters)
    if submission.needs_lookup:
        fates = Fates(unknown=True)
    campaign = submission.ask.campaign
    ending = campaign.undoable if campaign.sends else None
    if not campaign.sends:
        fates = fates.once_closed()
    elif ending and ending.stops_letters:
        fates = fates.while_paused()
    told = {**half_hour_in_words(ending), "stops": ending.stops_letters} if ending else None
    return {"fates": fates, "has_closed": not campaign.sends, "ending": told}


def without_reader(submission: Submission) -> dict[str, Any]:
    """For a letter whose seats have all fallen empty: that, and the petition instead of it."""
    if not writes_to_nobody(submission):
        return {"to_nobody": False}
    others = submission.ask.campaign.asks.select_related("campaign")
    petition = others.filter(kind=Ask.Kind.PETITION).first()
    if petition is None or not petition.campaign.is_open:
        return {"to_nobody": True}
    return {"to_nobody": True, "petition_url": ask_url(petition)}


def calls_of(submission: Submission) -> list[tuple[str, str]]:
    """Each office that was called, and how that went."""
    told = {int(seat): outcome for seat, outcome in submission.outcomes.items() if outcome}
    return [
        (office_name(place.seat), str(Call.Outcome(told[place.seat.pk]).label))
        for place in places_by_id(list(told))
    ]


def newer(submission: Submission) -> QuerySet[Submission]:
    """What was sent later for the same ask in the same name, and may be meant instead."""
    theirs: QuerySet[Submission] = Submission.objects.open().filter(
        ask=submission.ask_id, supporter_key=submission.supporter_key, pk__gt=submission.pk
    )
    return theirs.order_by("-pk")[:NEWER]


def unmailed(submission: Submission) -> list[Submission]:
    """What else waits for this mailbox, in whatever name, and had no mail: anybody can use up the
    mails of a day, and so keep nobody from their own.
    """
    waiting = Submission.objects.open().filter(mailbox=submission.mailbox)
    named = Q(ask=submission.ask_id, supporter_key=submission.supporter_key)
    others = waiting.exclude(named).select_related("ask__campaign").order_by("-pk")
    mailed = notices.asked_about(submission.mailbox)
    return [other for other in others[:MOST_READ] if other.public_id.hex not in mailed][:NEWER]


def page_url(submission: Submission) -> str:
    """The page that its own mail leads to. Whoever reads this link has the mailbox."""
    return reverse("actions:confirm", args=[links.make("confirm", submission.public_id)])


def show_outcome(
    request: HttpRequest, submission: Submission, counted: Action | None
) -> HttpResponse:
    """What it came to: it counts, another of theirs does, or a person looks at it."""
    action = counted or submission.action
    letters = items.letters_of(action) if action else []
    token = links.make("status", action.public_id) if action else ""
    page = {
        "action": action,
        "is_another": bool(counted and submission.action != counted),
        "status_url": reverse("actions:status", args=[token]) if token else "",
        "ask_words": words.of(submission.ask),
        "fates": items.fates_of(letters),
        "written": bool(letters),
        "gets_mail": not is_suppressed(submission.mailbox),
        "share": share.of_campaign(submission.ask.campaign),
        "count": counts.of_ask(submission.ask),
        **next_ask_for(request, submission, action),
        **onward(action),
    }
    response = show(request, "confirmed", submission, **page)
    return lead_on(request, response, action, page) if action else response


def next_ask_for(
    request: HttpRequest, submission: Submission, action: Action | None
) -> dict[str, Any]:
    """The one next ask for this person. Who has just pressed the button takes their address and
    name along in its form; whoever opens the link later does not.
    """
    if action is None:
        return {"next_ask": next_step(submission.ask)}
    supporter = action.writer
    done = set(supporter_asks(supporter))
    names = ["street", "city", "state", "zip", "country", "given_name", "family_name", "email"]
    typed = [(name, getattr(supporter, name)) for name in names]
    return {
        "next_ask": next_step(submission.ask, done=done, state=supporter.state),
        "carried": [pair for pair in typed if pair[1]] if request.method == "POST" else [],
    }


def supporter_asks(supporter: Supporter) -> QuerySet[Action, int]:
    """Ids of the asks that they have answered."""
    theirs = Action.objects.filter(supporter=supporter).exclude(state=Action.State.WITHDRAWN)
    return theirs.values_list("ask_id", flat=True)


def stale_link(request: HttpRequest, submission: Submission) -> HttpResponse:
    """An old link's page can send a fresh one to the same mailbox."""
    if request.method == "POST":
        notices.send_fresh_link(submission)
    return show(request, "stale_link", submission, sent=request.method == "POST")


@private_page
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody typed another person's address: take it out."""
    submission = sent(read_link("not-me", token))
    if request.method == "POST":
        try:
            take_out(submission)
        except Submission.DoesNotExist as gone:
            raise Forgotten(submission.public_id) from gone
        return show(request, "withdrawn", submission, not_me=True)
    return show(request, "withdraw", submission, not_me=True)


def show(
    request: HttpRequest, template: str, submission: Submission, **context: Any
) -> HttpResponse:
    """With what every one of these pages prints."""
    return show_private(request, template, submission.ask, submission=submission, **context)
