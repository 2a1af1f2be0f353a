"""The public pages: every sign-on letter, and one with its list and its form.

Reading is the same for everybody, is kept, and sets no cookie; a POST is guarded.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.pages.kept_page import show_kept
from actions.pages.young import adults_only
from actions.screening import origin, rates
from actions.sign_ons import showing, signing
from actions.sign_ons.form import SigningForm
from campaigns import brand, words, zones
from campaigns.markdown import rendered
from campaigns.models import SignOn
from campaigns.publications.page import about as places_of
from campaigns.publications.page import file_of, file_url
from campaigns.published.showing import instead_of, notes_of


@require_safe
def sign_ons(request: HttpRequest) -> HttpResponse:
    """Every letter that is public: those that can be signed first."""
    return show_kept(request, QueryDict(), lambda: draw_list(request))


def draw_list(request: HttpRequest) -> HttpResponse:
    rows = by_clock().filter(unpublished_at=None).exclude(publish_at=None)
    # Once more by our clock, which tests can turn.
    letters = [row for row in rows.prefetch_related("words") if row.is_public]
    is_open = [row for row in letters if row.is_open]
    # Whoever has little time left is shown first.
    is_open.sort(key=lambda row: row.closes_at)
    context = {
        "pitch": _(
            "One letter, written together. An organization signs through somebody who may sign"
            " for it."
        ),
        "open": showing.cards(is_open),
        "over": showing.cards([row for row in letters if not row.is_open]),
    }
    return render(request, "actions/sign_ons/list.html", context)


@origin.public_post
@require_http_methods(["GET", "HEAD", "POST"])
def sign_on(request: HttpRequest, slug: str) -> HttpResponse:
    """404 for an unknown one, a draft and one to come; 410, or a way on, for one taken down."""
    if request.method == "POST":
        answer = take(request, found(slug))
        answer["Cache-Control"] = "no-store"
        return answer
    return show_kept(request, QueryDict(), lambda: show(request, found(slug)))


def found(slug: str) -> SignOn:
    """Raises Http404."""
    letter: SignOn = get_object_or_404(by_clock().prefetch_related("words"), slug=slug)
    return letter


def by_clock() -> Any:
    """Asked by the database's clock what is over and what is there: a page that was kept is seen to
    be old in the second in which that changes, though no row does.
    """
    is_over, is_there = Q(closes_at__lte=Now()), Q(publish_at__lte=Now())
    return SignOn.objects.annotate(
        is_past=ExpressionWrapper(is_over, BooleanField()),
        is_there=ExpressionWrapper(is_there, BooleanField()),
    )


def show(request: HttpRequest, letter: SignOn) -> HttpResponse:
    return instead_of(request, letter) or sign_on_page(request, letter)


def sign_on_page(
    request: HttpRequest, letter: SignOn, form: SigningForm | None = None, **context: Any
) -> HttpResponse:
    """For one that may be shown; `status` is the answer's."""
    its_words = words.of(letter)
    groups = showing.groups_of(letter)
    status = context.pop("status", 200)
    issues = letter.issues.public().prefetch_related("words")
    file = file_of(its_words)
    context |= {
        "letter": letter,
        "words": its_words,
        "file": file,
        "file_url": file_url(letter, its_words, file),
        "notes": notes_of(letter, its_words),
        "text": rendered(its_words.text),
        "led_by": letter.led_by or brand.current().name,
        "groups": groups,
        "number": sum(len(group.lines) for group in groups),
        "left_since": showing.left_since(letter) if letter.is_delivered else 0,
        "deadline": deadline_of(letter),
        "form": form or SigningForm(),
        "issues": [(issue, words.of(issue)) for issue in issues],
        "bills": letter.bills.public().order_by("jurisdiction", "identifier"),
        "states": places_of(row.code for row in letter.states.all()),
    }
    return render(request, "actions/sign_ons/page.html", context, status=status)


def deadline_of(letter: SignOn) -> str:
    """In the words of the zone in which it was set; "" for a draft without one."""
    return zones.in_words(letter.closes_at, letter.closes_zone) if letter.closes_at else ""


def take(request: HttpRequest, letter: SignOn) -> HttpResponse:
    """The same answer for everybody who is grown: new, known, suppressed, or a machine. Who is not
    is told that nothing was sent, and is not written down at all.
    """
    if answer := instead_of(request, letter):
        return answer
    form = SigningForm(request.POST)
    if wait_s := rates.seconds_to_wait(request, "sign-on"):
        unread = SigningForm(initial=request.POST.dict())
        return rates.patient(sign_on_page(request, letter, unread, wait_s=wait_s), wait_s)
    # Not an error: their words come back, to be copied.
    if not letter.is_open:
        return sign_on_page(request, letter, form, is_late=True)
    is_valid, data = form.is_valid(), form.cleaned_data
    context = {"letter": letter, "words": words.of(letter)}
    if answer := adults_only(
        request,
        data.get("age"),
        lambda told: render(request, "actions/sign_ons/young.html", context | told),
    ):
        return answer
    if not is_valid:
        return sign_on_page(request, letter, form, status=422)
    # A machine is answered as everybody, and nothing follows.
    if not data["website"]:
        signing.ask_to_sign(letter, form.signing())
    context |= {"email": data["email"], "language": get_language()}
    return render(request, "actions/sign_ons/sent.html", context)
