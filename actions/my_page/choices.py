"""What one person allows, purpose by purpose, each with the words it was given to; and what our
mail may hold.

A box that is ticked here was ticked by them before; one that is not can only be the newsletter's,
since every other yes is asked for where it is explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from actions.heroes import telling
from actions.models import Action, PageKey
from actions.my_page.visits import own_page
from campaigns import words
from campaigns.models import Campaign, Partner
from supporters import consent, newsletter, suppressions
from supporters.forms import PublicForm
from supporters.models import Consent, Supporter, Suppression

CHANNEL = "my-page"
PARTNER = "partner-"


@dataclass(frozen=True)
class Choice:
    """One purpose: `line` is the newest yes to it, None where there is none."""

    purpose: str
    label: str
    line: Consent | None
    more: str = ""

    @property
    def help(self) -> str:
        """When they said yes, and to which words."""
        if self.line is None:
            return self.more
        said = _("You said yes on %(date)s to these words: “%(words)s”") % {
            "date": formats.date_format(timezone.localtime(self.line.at), "DATE_FORMAT"),
            "words": self.line.wording,
        }
        return f"{said} {self.more}".strip()


def choices_of(supporter: Supporter) -> list[Choice]:
    """What they allow today, and the newsletter. Of somebody under 18 nothing is asked."""
    if supporter.is_minor:
        return []
    newest = {line.purpose: line for line in yeses(supporter)}
    granted = {
        purpose: line for purpose, line in newest.items() if consent.is_granted(supporter, purpose)
    }
    news = granted.pop(Consent.Purpose.NEWSLETTER, None)
    first = Choice(Consent.Purpose.NEWSLETTER, newsletter.wording(), news)
    return [first, *(choice(supporter, line) for line in granted.values())]


def yeses(supporter: Supporter) -> list[Consent]:
    """In the order in which they were said."""
    return list(Consent.objects.filter(supporter=supporter, granted=True).order_by("pk"))


def choice(supporter: Supporter, line: Consent) -> Choice:
    purpose, label, more = line.purpose, "", ""
    if purpose == Consent.Purpose.UPDATES:
        label = _("Tell me by e-mail what becomes of: %(campaigns)s") % {
            "campaigns": ", ".join(titles(consent.granted_for(supporter, purpose)))
        }
    elif purpose == Consent.Purpose.PUBLIC_NAME:
        label = _("Show my first name and place on pages of petitions")
    elif purpose == Consent.Purpose.HERO:
        label = _("Show my page among the people who act")
        more = _("Without it the page is deleted at once.")
    elif purpose.startswith(PARTNER):
        label = _("%(partner)s may write to me") % {"partner": name_of(purpose)}
        more = _("What it was given before stays with it: ask there, too.")
    else:
        label = str(Consent.Purpose(purpose).label)
    return Choice(purpose, label, line, more)


def titles(campaigns: list[int | None]) -> list[str]:
    known = [campaign for campaign in campaigns if campaign is not None]
    found = Campaign.objects.filter(pk__in=known).prefetch_related("words")
    return [words.of(campaign).title for campaign in found]


def name_of(purpose: str) -> str:
    number = purpose.removeprefix(PARTNER)
    partner = Partner.objects.filter(pk=int(number)).defer("logo").first()
    return partner.name if partner else _("A partner of ours")


class ChoicesForm(PublicForm):
    """One box for each of them."""

    def __init__(self, *args: Any, supporter: Supporter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supporter = supporter
        self.choices = {f"allow_{one.purpose}": one for one in choices_of(supporter)}
        for name, one in self.choices.items():
            self.fields[name] = forms.BooleanField(
                required=False, label=one.label, help_text=one.help, initial=one.line is not None
            )
        self.fields["no_words"] = forms.BooleanField(
            required=False,
            label=_("Leave what I wrote out of your mail"),
            help_text=_(
                "For whoever shares a mailbox: our mail then says that your letter is on its way,"
                " and its words stand on this page only."
            ),
            initial=supporter.wants_no_words_mailed,
        )
        self.fields["nothing"] = forms.BooleanField(
            required=False,
            label=_("Write nothing at all to this mailbox"),
            help_text=_(
                "Whoever shares it gets nothing either, not even the mail that asks to confirm: so"
                " nobody takes part with it any more. Untick it here to change that."
            ),
            initial=wants_nothing(supporter),
        )

    @property
    def allowed(self) -> list[forms.BoundField]:
        return [self[name] for name in self.choices]

    @transaction.atomic
    def save(self) -> None:
        """What changed, and nothing else. Raises journal.CannotNote."""
        for name in self.changed_data:
            ticked = self.cleaned_data[name]
            if name == "no_words":
                Supporter.objects.filter(pk=self.supporter.pk).update(wants_no_words_mailed=ticked)
            elif name == "nothing":
                want_nothing(self.supporter) if ticked else want_mail_again(self.supporter)
            elif ticked:
                newsletter.join(self.supporter)
            else:
                end(self.supporter, self.choices[name].purpose)


def end(supporter: Supporter, purpose: str) -> None:
    """For this person alone: here they can be told from others of their mailbox."""
    if purpose == Consent.Purpose.HERO:
        telling.let_go(supporter)
        return
    consent.end(supporter, purpose, channel=CHANNEL)
    if purpose == Consent.Purpose.PUBLIC_NAME:
        Action.objects.filter(supporter=supporter).update(name_is_public=False)


def own_wish(supporter: Supporter) -> Any:
    """That this mailbox wants no mail, as far as its owner may change it."""
    return Suppression.objects.in_force().filter(
        mailbox=supporter.mailbox, reason=Suppression.Reason.ASKED
    )


def wants_nothing(supporter: Supporter) -> bool:
    return bool(own_wish(supporter).exists())


def want_nothing(supporter: Supporter) -> None:
    suppressions.suppress(supporter.mailbox, Suppression.Reason.ASKED)


def want_mail_again(supporter: Supporter) -> None:
    """Its owner may; nobody here can (supporters.suppressions.LIFTABLE)."""
    own_wish(supporter).update(lifted_at=timezone.now())


@own_page
def choices(request: HttpRequest, key: PageKey) -> HttpResponse:
    # No box ticked is a form without a word.
    typed = request.POST if request.method == "POST" else None
    form = ChoicesForm(typed, supporter=key.supporter)
    if form.is_valid():
        form.save()
        return redirect("actions:my_page")
    page = {"key": key, "form": form, "supporter": key.supporter}
    return render(request, "actions/my_page/choices.html", page)
