"""What stands between a draft and its launch: the campaign and its words here, whom it addresses in
preflight_targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import brand, merge_fields, onward, safeguards, zones
from campaigns.carrying.leftovers import check_leftovers
from campaigns.findings import Finding, must, named, should
from campaigns.letter_versions import all_words
from campaigns.models import Ask, Campaign, CampaignWords
from campaigns.preflight_pictures import check_pictures
from campaigns.preflight_questions import check_questions
from campaigns.preflight_targets import check_targets
from campaigns.preflight_versions import check_versions

# What starter words leave for the organizer to write; a Markdown link is none.
TO_FILL_IN = re.compile(r"\[[^\]\n]{3,}\](?![(\[])")


def preflight(campaign: Campaign) -> list[Finding]:
    """Everything checked, good news included, in the order in which an organizer works."""
    findings = [*check_campaign(campaign), *check_pictures(campaign), *check_leftovers(campaign)]
    for ask in campaign.asks.all():
        findings += check_ask(ask)
    return findings


def check_campaign(campaign: Campaign) -> Iterator[Finding]:
    """What belongs to no single ask: words, consent, sender, confirmation."""
    # The first language must be whole; a page in another falls back on it, word by word.
    english = campaign.words.filter(language="en").first()
    words_page = ("desk:campaign_words", (campaign.slug, "en"))
    settings_page = ("desk:campaign_settings", (campaign.slug,))
    yield must(
        has_story(english),
        _("Title, summary and story are written"),
        _("Title, summary or story is missing"),
        *words_page,
    )
    yield must(
        bool(english and english.consent),
        _("The newsletter box has its consent wording"),
        _("The newsletter box has no consent wording"),
        *words_page,
    )
    for words in campaign.words.all():
        here = ("desk:campaign_words", (campaign.slug, words.language))
        for what, text in said_in(words):
            yield from must_be_filled_in(what, text, *here)
            yield from must_show_no_braces(what, text, *here)
    yield must(
        bool(campaign.sender_name),
        _("Letters and mail come by way of %(name)s") % {"name": campaign.sender_name},
        _("No sender name: say who letters and mail come by way of"),
        *settings_page,
    )
    yield from check_safeguards(campaign)
    if campaign.onward_url:
        host = {"host": onward.host_of(campaign.onward_url) or campaign.onward_url}
        yield should(
            bool(onward.onward_url(campaign)),
            _("Its thank-you leads on to %(host)s") % host,
            _("Its thank-you leads nowhere: %(host)s is not on the administrators’ list") % host,
            *settings_page,
        )
    yield should(
        has_story(campaign.words.filter(language="es").first()),
        _("There are Spanish words"),
        _("No Spanish words yet: Spanish pages show the English ones"),
        "desk:campaign_words",
        (campaign.slug, "es"),
    )
    yield should(
        settings.DELIVERY_ENABLED or campaign.is_demo,
        _("Letters and mail leave"),
        _("Practice mode: what people send stays on this machine, for good (DELIVERY_ENABLED)"),
        "",
        (),
    )
    yield from check_mail_to_supporters()
    yield from check_schedule(campaign)
    yield must(
        campaign.asks.exists(),
        _("It asks for something"),
        _("It asks for nothing yet"),
        "desk:campaign_asks",
        (campaign.slug,),
    )


def check_schedule(campaign: Campaign) -> Iterator[Finding]:
    """Says something only where it has an end."""
    times = campaign.times
    if times is None or times.closes_at is None:
        return
    when = {"when": zones.in_words(times.closes_at, times.zone)}
    yield must(
        times.closes_at > timezone.now(),
        _("It closes by itself: %(when)s") % when,
        _("Its end is over (%(when)s): choose another, or none") % when,
        "desk:campaign_schedule",
        (campaign.slug,),
    )
    in_first_language = campaign.words.filter(language=settings.LANGUAGE_CODE)
    yield must(
        in_first_language.exclude(closing_message="").exists(),
        _("Its closing message is written"),
        _("It closes by itself, and has no closing message yet: what shall people read then?"),
        "desk:campaign_words",
        (campaign.slug, settings.LANGUAGE_CODE),
    )


def check_mail_to_supporters() -> Iterator[Finding]:
    """Who it comes from, and where one can write back by post."""
    sender = settings.MAIL_FROM.strip()
    yield must(
        "@" in sender,
        _("Mail to supporters comes from %(sender)s") % {"sender": sender},
        # Without it nobody gets the link that counts.
        _("No sender of mail to supporters is set: nobody could confirm (MAIL_FROM)"),
        "",
        (),
    )
    ours = brand.current()
    yield should(
        bool(ours.postal_address),
        _("Mail to supporters names your postal address"),
        _("Mail to supporters names no postal address, which the law of some places wants"),
        "desk:brand",
        (),
    )


def check_safeguards(campaign: Campaign) -> Iterator[Finding]:
    """What protects people is on, or an administrator has said why it is not."""
    page = ("desk:campaign_safeguards", (campaign.slug,))
    yield should(
        campaign.confirms_by_mail,
        _("Every supporter confirms by mail what counts in their name"),
        _("Confirmation by mail is off: signatures and calls count as not verified"),
        *page,
    )
    yield should(
        campaign.asks_age,
        _("The form asks for the age, which protects children"),
        _("The form does not ask for the age: a child would be taken for an adult"),
        *page,
    )
    if safeguards.are_off(campaign):
        yield must(
            bool(campaign.safeguards_because),
            _("An administrator said why: %(reason)s") % {"reason": campaign.safeguards_because},
            _("A safeguard is off, and no administrator has said why"),
            *page,
        )


def must_be_filled_in(
    what: str, text: str, fix_url_name: str, fix_args: tuple[object, ...]
) -> Iterator[Finding]:
    """Says something only when starter words are left."""
    if left := TO_FILL_IN.findall(text):
        label = _("%(what)s: still to fill in: %(left)s") % {"what": what, "left": left[0]}
        yield Finding(False, True, label, fix_url_name, fix_args)


def must_show_no_braces(
    what: str,
    text: str,
    fix_url_name: str,
    fix_args: tuple[object, ...],
) -> Iterator[Finding]:
    """Says something only where people would read a merge field as it stands."""
    if shown := merge_fields.unknown_fields(text, ()):
        label = _("%(what)s: people would read %(fields)s, which nothing fills in here")
        values = {"what": what, "fields": ", ".join(shown)}
        yield Finding(False, True, label % values, fix_url_name, fix_args)


def said_in(words: CampaignWords) -> list[tuple[str, str]]:
    """Each of its texts, with its name."""
    return [
        (_("The title"), words.title),
        (_("The summary"), words.summary),
        (_("The story"), words.story),
        (_("The words for sharing"), words.share_text),
        (_("The newsletter box"), words.consent),
    ]


def has_story(words: CampaignWords | None) -> bool:
    """Title, summary and story are all there."""
    return bool(words and words.title and words.summary and words.story)


def check_ask(ask: Ask) -> Iterator[Finding]:
    """The checks of its kind."""
    yield from check_words(ask)
    yield from check_languages(ask)
    yield from check_questions(ask)
    if ask.kind == Ask.Kind.PETITION:
        yield from check_petition(ask)
    if ask.kind == Ask.Kind.CALL:
        yield from check_script(ask)
    if ask.kind == Ask.Kind.LETTER:
        yield from check_letter(ask)
    if ask.has_targets:
        yield from check_targets(ask)


def check_words(ask: Ask) -> Iterator[Finding]:
    """A heading in English, and no starter words left in any language."""
    page = ("desk:ask_words", (ask.campaign.slug, ask.pk, "en"))
    words = ask.words.filter(language="en").first()
    yield must(
        bool(words and words.heading),
        named(ask, _("has its heading")),
        named(ask, _("has no heading")),
        *page,
    )
    for row in ask.words.all():
        text = "\n".join([row.heading, row.text, row.button, row.thanks])
        yield from must_be_filled_in(
            named(ask, _("its words")),
            text,
            "desk:ask_words",
            (ask.campaign.slug, ask.pk, row.language),
        )
        yield from must_show_no_braces(
            named(ask, _("its words")),
            "\n".join([row.heading, row.button, row.thanks]),
            "desk:ask_words",
            (ask.campaign.slug, ask.pk, row.language),
        )


def check_languages(ask: Ask) -> Iterator[Finding]:
    """Says something only where a page would be in two languages, half and half."""
    whole = {row.language for row in ask.campaign.words.all() if has_story(row)}
    said = {row.language for row in ask.words.exclude(heading="")}
    if ask.kind == Ask.Kind.PETITION:
        said &= set(ask.petition_texts.exclude(text="").values_list("language", flat=True))
    for language in sorted((whole ^ said) - {"en"}):
        here = "desk:ask_words", (ask.campaign.slug, ask.pk, language)
        there = "desk:campaign_words", (ask.campaign.slug, language)
        values = {"language": dict(settings.LANGUAGES).get(language, language)}
        no_ask = _("has no words in %(language)s, but the campaign has: its page is half English")
        no_story = _("has words in %(language)s, the campaign has none: its page is half English")
        if language in whole:
            yield should(False, "", named(ask, no_ask % values), *here)
        else:
            yield should(False, "", named(ask, no_story % values), *there)


def check_petition(ask: Ask) -> Iterator[Finding]:
    """A text to sign, without starter words."""
    # By version: of each language the one in force stays.
    texts = {text.language: text.text for text in ask.petition_texts.order_by("version")}
    page = ("desk:ask_words", (ask.campaign.slug, ask.pk, "en"))
    yield must(
        bool(texts.get("en")),
        named(ask, _("has its text")),
        named(ask, _("has no text to sign")),
        *page,
    )
    for language, text in texts.items():
        where = "desk:ask_words", (ask.campaign.slug, ask.pk, language)
        yield from must_be_filled_in(named(ask, _("its text")), text, *where)
        yield from must_show_no_braces(named(ask, _("its text")), text, *where)


def check_script(ask: Ask) -> Iterator[Finding]:
    """A script, whose fields a caller can hear filled."""
    words = ask.words.filter(language="en").first()
    page = ("desk:ask_words", (ask.campaign.slug, ask.pk, "en"))
    script = words.text if words else ""
    yield must(bool(script), named(ask, _("has a script")), named(ask, _("has no script")), *page)
    # In every language: what nobody fills in would be read out as it stands.
    scripts = "\n".join(ask.words.values_list("text", flat=True))
    yield must_know_fields(
        ask, merge_fields.unknown_fields(scripts, merge_fields.SCRIPT_FIELDS), *page
    )
    yield from must_name_the_bill(ask, script)


def check_letter(ask: Ask) -> Iterator[Finding]:
    """Subject and body, with fields that exist."""
    page = ("desk:ask_letter", (ask.campaign.slug, ask.pk))
    written = bool(ask.letter_subject.strip() and ask.letter_body.strip())
    yield must(
        written,
        named(ask, _("has subject and body")),
        named(ask, _("has no subject or no body")),
        *page,
    )
    words = all_words(ask)
    text = "\n".join(line for one in words.values() for line in (*one.subjects, one.body))
    yield must_know_fields(ask, merge_fields.unknown_fields(text), *page)
    for one in words.values():
        what = _("the version “%(name)s”") % {"name": one.name} if one.name else _("the letter")
        where = ("desk:letter_version", (*page[1], one.version)) if one.version else page
        yield from must_be_filled_in(named(ask, what), "\n".join((*one.subjects, one.body)), *where)
    yield from must_name_the_bill(ask, text)
    yield from check_versions(ask)


def must_name_the_bill(ask: Ask, text: str) -> Iterator[Finding]:
    """Says something only where the text names {bill}."""
    if "{bill}" in text:
        yield must(
            bool(ask.campaign.bill),
            named(ask, _("names the bill")),
            named(ask, _("names a bill, but the campaign has none")),
            "desk:campaign_settings",
            (ask.campaign.slug,),
        )


def must_know_fields(
    ask: Ask, unknown: list[str], fix_url_name: str, fix_args: tuple[object, ...]
) -> Finding:
    """`unknown`: braced words that look like merge fields and are none."""
    bad = _("uses merge fields that do not exist: %(fields)s") % {"fields": ", ".join(unknown)}
    return must(
        not unknown,
        named(ask, _("uses only known merge fields")),
        named(ask, bad),
        fix_url_name,
        fix_args,
    )
