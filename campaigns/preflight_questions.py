"""An ask's questions, as the preflight looks at them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from campaigns.findings import Finding, must, named, should
from campaigns.models import Ask

# By the words that such questions have, in English and Spanish: they err on the side of asking.
SENSITIVE = re.compile(
    r"\b(health|illness|diagnos\w+|disabilit\w+|pregnan\w+|abortion|relig\w+|faith|church|race|"
    r"ethnic\w*|immigra\w+|citizen\w*|visa|undocumented|gay|lesbian|trans(gender)?|sexual\w*|"
    r"income|salary|social security|ssn|arrest\w*|vote[ds]? for|political party|union member|"
    r"salud|enferm\w+|discapacidad|embaraz\w+|aborto|religi\w+|raza|etnia|inmigra\w+|"
    r"ciudadan\w+|sexual(es)?|ingresos|seguro social)\b",
    re.IGNORECASE,
)


def check_questions(ask: Ask) -> Iterator[Finding]:
    """Says something only where an ask has questions."""
    has_spanish = ask.words.filter(language="es").exclude(heading="").exists()
    for one in ask.asked:
        page = ("desk:question", (ask.campaign.slug, ask.pk, one.pk))
        said = {"question": one.text}
        if not ask.campaign.asks_age:
            unasked = _("“%(question)s”: the form does not ask the age, so a child would be asked")
            yield must(False, "", named(ask, unasked % said), *page)
        if has_spanish and not one.translations.get("es", {}).get("text"):
            english = _("“%(question)s” has no Spanish words: Spanish pages ask it in English")
            yield should(False, "", named(ask, english % said), *page)
        if found := SENSITIVE.search("\n".join([one.text, one.help, *one.choices])):
            sensitive = _(
                "“%(question)s” may ask for something that can hurt people (“%(word)s”): ask only"
                " what you need and can guard"
            )
            values = said | {"word": found.group()}
            yield should(False, "", named(ask, sensitive % values), *page)
