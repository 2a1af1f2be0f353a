"""What somebody wrote themselves, read by rules: words of despair, and threats by the writer.

Fixed rules, English and Spanish, no network, nothing learned and nothing kept. A word of despair
only shows where help is; a threat only waits for a person. Survivors quote threats, so what
somebody else said is not the writer's (docs/safety.md B1). The bar is the labelled letters in
tests/actions/screened/.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from actions.screening.own_words_rules import DESPAIR, ELSE, THREATS, VOCABULARY

# A match that is only politics.
POLITICAL = re.compile(
    r"at the polls?|ballot|(?:in|on) (?:the )?(?:primary|court|november|(?:next )?election)\b"
    r"|at the voting"
    r"|with kindness|in the debate|colgar (?:el|la|un|una) (?:telefono|llamada|cartel|pancarta"
    r"|letrero)"
    r"|en las urnas|en las (?:proximas )?elecciones|ante un juez|en los tribunales|en el debate"
)
OTHERS = (
    r"(?:he|she|they|who|people|(?:my|the|his|her|our|an?|some|that|one|another|every|this) "
    r"(?:\w+[ -]){0,3}(?:husband|wife|ex|boyfriend|girlfriend|partner|father|mother|dad|mom"
    r"|stepfather|uncle|brother|man|men|woman|boys?|girl|guy|abuser|stalker|coach|teacher|boss"
    r"|sergeant|officer|guard|caller|voice|gang|staff|roommate|patients?|neighbor|deputy|landlord"
    r"|stranger|customer|inmate|driver|kid|student|judge|text|message|note|letter|voicemail"
    r"|cousin))"
)
SAID = (
    r"(?:sa(?:id|ys|ying)|t(?:old|ells?|elling)|text(?:ed|s)|wrote|writes|yell(?:ed|s|ing)?"
    r"|scream(?:ed|s|ing)?|shout(?:ed|s|ing)?|whisper(?:ed|s)?|threaten(?:ed|s|ing)?|swore"
    r"|promised|warned|mouthed|posted|used to (?:say|yell|scream|whisper|tell)|reads?"
    r"|repeat(?:ed|s)?|thinks?|kept saying)"
)
# Somebody else said what follows. The writer's own "I told you" is none of these.
REPORTED = re.compile(
    rf"\b{OTHERS}(?:'d|'s)? .{{0,40}}\b{SAID}\b|\b{OTHERS} {SAID}\b"
    r"|\b(?:was|were|been|being|got|am|are) (?:told|threatened|texted|warned)"
    r"|\bi (?:still |always )?(?:heard?|hear) (?:him|her|them|it said|someone|somebody)\b"
    r"|\b(?:words|sentence|threats?|voicemails?|message|texts?|note|card|diary|locker|caller"
    r"|phone|tape"
    r"|emails?|call|livestream|phoned|announced|herself|himself|heard)\b.{0,50}:"
    r"|\b(?:recorded|posted|painted|typed|carved|signed)\b.{0,50}:"
    r"|\bimagine (?:hearing|being|that|if|someone)\b|\bwhat if\b"
    r"|\bi(?:'m| am| was) (?:so )?(?:afraid|scared|worried|terrified)\b|\bi fear\b"
    r"|\bi (?:used to think|thought)\b"
    r"|\b(?:dijo|dijeron|dice|dicen|decia|decian|dicho|diciendo|gritoh?|gritaba|gritaban"
    r"|gritando|escribioh?"
    r"|escribieron|amenazoh|amenazaba|amenazaron|me juroh?|juraba|prometioh?|repite|repetia"
    r"|me contoh?|me mandoh?"
    r"|aviso|avisoh|advirtioh?"
    r"|o(?:i|igo|ia|yo) (?:decir|lo mismo|que)|lo o(?:i|igo) decir|(?:el|un) mensaje|tengo miedo)\b"
)
SAID_AFTER = re.compile(
    rf"^.{{0,60}},? (?:he|she|they|it) {SAID}\b|^.{{0,60}}, (?:me |nos )?(?:dijo|dijeron|decian?"
    rf"|escribioh?)\b"
)
# Beside quotation marks fewer words are enough.
QUOTE_CUE = re.compile(
    r"\b(?:hear|heard|listen|tape|recording|letters?|e?-?mails?|words|called?|phone|screen"
    r"|signs?|wall|was|says?"
    r"|said|saying|told|wrote|reads?|notes?|texts?|decia|dijo|escribioh?|papel|mensaje)\b"
)
QUOTED = re.compile(r"[\"\u201c\u00ab]([^\"\u201d\u00bb]{1,400})[\"\u201d\u00bb]")
RECEIVED = re.compile(
    r"\b(?:threats?|notes?|letters?|cards?|messages?|texts?|voicemails?|calls?"
    r"|e-?mails?) (?:came|arrived"
    r"|began|started|said|say|read)\b|\b(?:mensajes?|cartas?|amenazas?|notas?) (?:llego|llegaron"
    r"|decian?)\b"
)
SAID_IT = re.compile(
    r"\b(?:say|said|says|write|wrote|repeats?|repeated|read) (?:it|this|that|so|the same)\b"
)
FIRST_PERSON = re.compile(r"\b(?:i|we|voy|vamos|mi)\b")
# What lies between a cue and a threat that is the writer's own again.
OWN_AGAIN = re.compile(r"\b(?:so|but|now|therefore) (?:i|we)\b")
OWN_WORD = re.compile(
    r"\b(?:i|we) (?:\w+ )?(?:say|said|tell|told|promise|swear|warn|mean)\b|mark my words|hear me"
    r"|my message|\b(?:digo|juro|dije|advierto|mi mensaje)\b"
)
BILLS = re.compile(r"\b(?:bills?|laws?|amendments?|proposals?|budgets?)\b")

# What is typed so that a reader sees it and a rule does not.
STANDS_FOR = str.maketrans("01345$@!", "oieassai")
BETWEEN_LETTERS = re.compile(r"(?<=[a-z])[01345$@!](?=[a-z])")
SPELLED_OUT = re.compile(r"\b(?:[a-z][ .\-]){3,}[a-z]\b")
SHORT_FORMS = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "im": "i'm",
    "youre": "you're",
    "gunna": "gonna",
}
SHORT_FORM = re.compile(rf"\b(?:{'|'.join(SHORT_FORMS)})\b")
# How the lines of rules are put together.
DEED = "<will> ~ "
SOME_WORDS = r"(?:(?!<else>\b)[\w'-]+,? ){0,8}"
SENTENCES = re.compile(r"[.!?;]+|\n\s*\n")


def is_despair(text: str) -> bool:
    """Whether its writer may be thinking of dying or of hurting themselves."""
    return any(compiled(DESPAIR).search(sentence) for sentence in sentences(plain(text)))


def is_threat(text: str) -> bool:
    """Whether its writer threatens to hurt somebody. What others said, and idioms, are none."""
    said = sentences(without_reports(plain(text)))
    return any(threatens(now, before) for before, now in pairwise(["", *said]))


def threatens(sentence: str, before: str) -> bool:
    """`before` is the sentence before it, which may tell of a letter that came."""
    return any(
        not POLITICAL.search(sentence[max(0, found.start() - 20) : found.end() + 60])
        and not is_reported(sentence[: found.start()])
        and not SAID_AFTER.search(sentence[found.end() :])
        and not (RECEIVED.search(before) and not FIRST_PERSON.search(found[0]))
        and not (SAID_IT.search(before) and not OWN_WORD.search(before))
        and not (found[0].endswith((" them", " it")) and BILLS.search(sentence))
        for found in compiled(THREATS).finditer(sentence)
    )


def is_reported(before: str) -> bool:
    """Whether what follows was said by somebody else, by the sentence until there."""
    cues = list(REPORTED.finditer(before))
    is_own = OWN_WORD.search(before) or (cues and OWN_AGAIN.search(before[cues[-1].end() :]))
    return bool(cues) and not is_own


def without_reports(text: str) -> str:
    """Without what stands in quotation marks as another's words."""

    def keep_own(found: re.Match[str]) -> str:
        around = text[max(0, found.start() - 100) : found.start()], text[found.end() :][:50]
        is_theirs = any(REPORTED.search(part) or QUOTE_CUE.search(part) for part in around)
        return found[0] if OWN_WORD.search(around[0]) or not is_theirs else " "

    return QUOTED.sub(keep_own, text)


def sentences(text: str) -> list[str]:
    """Without the marks around them."""
    parts = SENTENCES.split(text)
    # A line that only goes on below is one sentence with it.
    return [" ".join(part.split()).strip(" \"'\u201c\u201d\u00ab\u00bb\u2026-") for part in parts]


def plain(text: str) -> str:
    """Small letters without accents or tricks of spelling; lines are kept."""
    # "mató" is somebody else's deed and "mato" a threat.
    text = re.sub(r"\u00f3\b", "oh", unicodedata.normalize("NFC", text).casefold())
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("\u2018", "'"))
    letters = "".join(one for one in decomposed if not unicodedata.combining(one)).casefold()
    letters = BETWEEN_LETTERS.sub(lambda found: found[0].translate(STANDS_FOR), letters)
    letters = SPELLED_OUT.sub(lambda found: re.sub(r"[ .\-]", "", found[0]), letters)
    letters = SHORT_FORM.sub(lambda found: SHORT_FORMS[found[0]], letters)
    return re.sub(r"[ \t\r]+", " ", letters)


@cache
def compiled(rules: str) -> re.Pattern[str]:
    """The lines of rules as one pattern of whole words. A third of a second, so once and late."""
    lines = unfolded(rules)
    # What most of them begin with is written, and tried, once.
    deeds = "|".join(line.removeprefix(DEED) for line in lines if line.startswith(DEED))
    others = "|".join(line for line in lines if not line.startswith(DEED))
    either = f"{DEED}(?:{deeds})|{others}" if deeds else others
    text = rf"(?<![\w'-])(?:{either})(?![\w'-])"
    text = text.replace("~ ", SOME_WORDS)
    words = vocabulary()
    # Words may stand for words with other words in them.
    while named := re.findall(r"<([a-z]+)>", text):
        for name in set(named):
            text = text.replace(f"<{name}>", words[name])
    return re.compile(text)


def vocabulary() -> dict[str, str]:
    """What the names in rules stand for."""
    words = dict(line.split(" = ", 1) for line in unfolded(VOCABULARY))
    return {**words, "else": unfolded(ELSE)[0]}


def unfolded(text: str) -> list[str]:
    """Its lines, each whole."""
    return re.sub(r"\n +", "", text).strip().splitlines()
