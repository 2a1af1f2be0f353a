"""A letter in versions, as the preflight looks at it: each seat gets exactly one of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.findings import Finding, must, named, should
from campaigns.letter_versions import OWN, overlapping, seats_by_version
from campaigns.models import Ask


def check_versions(ask: Ask) -> Iterator[Finding]:
    """Says something only where the letter has versions."""
    versions = list(ask.versions.all())
    if not versions:
        return
    page = ("desk:letter_versions", (ask.campaign.slug, ask.pk))
    numbers = seats_by_version(ask, versions)
    said = [f"“{one.name}” {numbers[one.pk]:,}" for one in versions]
    said.append(_("its own letter %(number)s") % {"number": f"{numbers[OWN]:,}"})
    both = overlapping(ask, versions).count()
    good = _("each seat gets one version: %(numbers)s") % {"numbers": ", ".join(said)}
    bad = ngettext(
        "%(count)d seat is named by two versions",
        "%(count)d seats are named by two versions",
        both,
    ) % {"count": both}
    yield must(both == 0, named(ask, good), named(ask, bad), *page)
    for one in versions:
        written = _("the version “%(name)s” has no subject or no text") % {"name": one.name}
        if not (one.subject.strip() and one.body.strip()):
            yield must(False, "", named(ask, written), *page)
        if not numbers[one.pk]:
            nobody = _("the version “%(name)s” is for no seat that the ask addresses")
            yield should(False, "", named(ask, nobody % {"name": one.name}), *page)
