"""Starter words for new campaigns, in English and Spanish.

What an organizer must write is in [square brackets]; the launch is refused while any are left.
$vote, $support and $organization are replaced when a campaign begins (campaigns.starting). Letters
are in English: they are for the office.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import Ask
from legislators.models import Chamber

CONGRESS = (Chamber.US_SENATE, Chamber.US_HOUSE)
STATEHOUSE = (
    Chamber.STATE_UPPER,
    Chamber.STATE_LOWER,
    Chamber.STATE_UNICAMERAL,
    Chamber.DC_COUNCIL,
)


@dataclass(frozen=True)
class AskStarter:
    """One ask: its words by language, its petition text by language, its letter, the chambers it
    writes to.
    """

    kind: str
    words: dict[str, dict[str, str]]
    petition: dict[str, str] = field(default_factory=dict)
    letter_subject: str = ""
    letter_body: str = ""
    chambers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Starter:
    key: str
    name: Promise
    promise: Promise
    words: dict[str, dict[str, str]]
    asks: tuple[AskStarter, ...]


STORY = {
    "en": (
        "## What is happening\n\n[Two or three sentences: what is wrong, and for whom.]\n\n"
        "## What would change\n\n[What you ask for, in plain words, and what it would cost.]\n\n"
        "## What others say\n\n[The best argument against, told fairly, and your answer to it.]"
    ),
    "es": (
        "## Qué pasa\n\n[Dos o tres frases: qué anda mal y para quién.]\n\n## Qué cambiaría\n\n[Qué"
        " pides, en palabras sencillas, y cuánto costaría.]\n\n## Qué dicen otros\n\n[El mejor"
        " argumento en contra, contado con justicia, y tu respuesta.]"
    ),
}
CAMPAIGN_WORDS = {
    "en": {
        "summary": "[One sentence: what we ask for, and why now.]",
        "story": STORY["en"],
        "share_text": "I just took action on this. It takes two minutes: will you join me?",
        "consent": (
            "Yes, $organization may send me news about its campaigns by e-mail. I can stop it at"
            " any time."
        ),
    },
    "es": {
        "summary": "[Una frase: qué pedimos y por qué ahora.]",
        "story": STORY["es"],
        "share_text": "Acabo de participar. Son dos minutos: ¿te animas también?",
        "consent": (
            "Sí, $organization puede enviarme noticias de sus campañas por correo electrónico."
            " Puedo darme de baja cuando quiera."
        ),
    },
}
LETTER_WORDS = {
    "en": {
        "heading": "Write to your legislators",
        "thanks": "Letters from home are counted and read. Thank you for taking the time.",
    },
    "es": {
        "heading": "Escribe a tus legisladores",
        "thanks": "Las cartas de casa se cuentan y se leen. Gracias por tu tiempo.",
    },
}
CALL_WORDS = {
    "en": {
        "heading": "Call the office",
        "text": (
            "Hello, I live in your district, and this is my own call.\n\nI am calling to ask you to"
            " [what you ask, in one sentence].\n\nIt matters to me because ….\n\nCould you tell me"
            " where the office stands? Thank you for your time."
        ),
        "button": "I made my calls",
        "thanks": "Every call is noted down. Thank you for making yours.",
    },
    "es": {
        "heading": "Llama a la oficina",
        "text": (
            "Buenos días. Vivo en su distrito y llamo por mi cuenta.\n\nLlamo para pedirle que [lo"
            " que pides, en una frase].\n\nMe importa porque ….\n\n¿Podría decirme qué postura"
            " tiene la oficina? Gracias por su tiempo."
        ),
        "button": "Ya llamé",
        "thanks": "Cada llamada se anota. Gracias por la tuya.",
    },
}
PETITION_WORDS = {
    "en": {
        "heading": "Sign the petition",
        "button": "Sign",
        "thanks": "Your name now stands beside many others. Thank you.",
    },
    "es": {
        "heading": "Firma la petición",
        "button": "Firmar",
        "thanks": "Tu nombre ya está junto a muchos otros. Gracias.",
    },
}
BILL_LETTER = (
    "I live in {city}, and I am writing to ask you to $vote {bill}.\n\n"
    "[Two sentences: what the bill does, and for whom.]\n\n"
    "[The one fact that matters most, and where it comes from.]\n\n"
    "Please let me know where you stand on {bill}. Thank you for your service to {state}."
)


def bill_letter(chambers: tuple[str, ...]) -> AskStarter:
    """A letter for or against the bill, to these chambers."""
    return AskStarter(
        Ask.Kind.LETTER,
        LETTER_WORDS,
        letter_subject="Please $support {bill}",
        letter_body=BILL_LETTER,
        chambers=chambers,
    )


def call(chambers: tuple[str, ...]) -> AskStarter:
    """A call with a script, to these chambers."""
    return AskStarter(Ask.Kind.CALL, CALL_WORDS, chambers=chambers)


def petition() -> AskStarter:
    """A text to sign; it goes to nobody by itself."""
    text = {
        "en": (
            "We, who sign below, ask [who decides] to [what you ask, in one sentence].\n\n[Why, in"
            " two or three sentences.]"
        ),
        "es": (
            "Quienes firmamos pedimos a [quien decide] que [lo que pides, en una frase].\n\n[Por"
            " qué, en dos o tres frases.]"
        ),
    }
    return AskStarter(Ask.Kind.PETITION, PETITION_WORDS, petition=text)


STARTERS = {
    starter.key: starter
    for starter in (
        Starter(
            "state-bill",
            _("State bill"),
            _("Letters to the state legislators of each supporter's own districts, then a call."),
            CAMPAIGN_WORDS,
            (bill_letter(STATEHOUSE), call(STATEHOUSE)),
        ),
        Starter(
            "federal-bill",
            _("Federal bill"),
            _(
                "Letters to each supporter's senators and representative, then a petition for those"
                " who want to do more."
            ),
            CAMPAIGN_WORDS,
            (bill_letter(CONGRESS), petition()),
        ),
        Starter(
            "petition-and-letter",
            _("Petition and letter for a state"),
            _(
                "A petition to everybody in reach, then a letter to the state legislators of each"
                " signer's own districts."
            ),
            CAMPAIGN_WORDS,
            (petition(), bill_letter(STATEHOUSE)),
        ),
        Starter(
            "petition",
            _("Petition"),
            _(
                "One text that everybody signs, from any place. Changing the text later keeps the"
                " old signatures under the old text."
            ),
            CAMPAIGN_WORDS,
            (petition(),),
        ),
        Starter(
            "call-in",
            _("Call-in"),
            _("A script and the right phone numbers; people tell you how each call went."),
            CAMPAIGN_WORDS,
            (call(STATEHOUSE + CONGRESS),),
        ),
    )
}
ASK_STARTERS = {
    Ask.Kind.PETITION.value: petition(),
    Ask.Kind.LETTER.value: bill_letter(()),
    Ask.Kind.CALL.value: call(()),
}
