"""What the pictures of a campaign's page lack before its launch."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.findings import Finding, must
from campaigns.models import Campaign, Picture
from campaigns.pictures.marks import mark, placed, within_lines


def check_pictures(campaign: Campaign) -> Iterator[Finding]:
    """Of pictures that its page shows: each is described in every language that it has; and each
    mark in a story names one.
    """
    pictures = {one.number: one for one in campaign.pictures.all()}
    stories = {row.language: row.story for row in campaign.words.all()}
    shown = {number for story in stories.values() for number in placed(story)}
    shown |= {number for number, one in pictures.items() if one.is_head}
    for number in sorted(shown & pictures.keys()):
        yield described(campaign, pictures[number], list(stories))
    for language, story in stories.items():
        page = ("desk:campaign_words", (campaign.slug, language))
        for number in sorted(set(placed(story)) - pictures.keys()):
            said = _("The story: there is no %(mark)s") % {"mark": mark(number)}
            yield Finding(False, True, said, *page)
        for one in within_lines(story):
            said = _(
                "The story: %(mark)s needs a line of its own, or people would read it as it is"
            )
            yield Finding(False, True, said % {"mark": one}, *page)


def described(campaign: Campaign, picture: Picture, languages: list[str]) -> Finding:
    names = dict(settings.LANGUAGES)
    lacking = [one for one in sorted(languages) if not picture.alt_texts.get(one)]
    values = {
        "number": picture.number,
        "languages": ", ".join(str(_(str(names.get(one, one)))) for one in lacking),
    }
    return must(
        picture.is_decorative or not lacking,
        _("Picture %(number)d is described for people who do not see it") % values,
        _("Picture %(number)d has no description in: %(languages)s") % values,
        "desk:picture",
        (campaign.slug, picture.number),
    )
