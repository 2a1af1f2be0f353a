"""The small words of English and Spanish by which a clause is told from its sentence
(campaigns.unfilled). In small letters.
"""

from __future__ import annotations


def _words(*lists: str) -> frozenset[str]:
    return frozenset(word for one in lists for word in one.split())


PLACE_PREPOSITIONS = _words("in at near within inside around", "en cerca dentro")
PREPOSITIONS = PLACE_PREPOSITIONS | _words(
    "of from for to by with about across through throughout outside on as between over",
    "de del desde por para con sobre hasta a al hacia entre como",
)
ARTICLES = _words(
    "the a an my your our his her their this that its",
    "el la los las un una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras"
    " este esta",
)
# What a field is called in front of it, and how people are greeted.
ANNOUNCED = _words(
    "district districts zip code town city state county bill number chamber area legislative house"
    " senate senator representative delegate member mr ms mrs dear hello hi",
    "distrito código postal ciudad pueblo estado condado proyecto ley número núm cámara nombre"
    " senador senadora representante delegado delegada sr sra señor señora estimado estimada hola",
)
OF = _words("of", "de del")

CONJUNCTIONS = _words("and but so or", "y e pero o u así")
# These say nothing without what follows.
NEEDS_MORE = _words(
    "live lives living lived reside resides am i'm i’m we're we’re is are was were be been named"
    " called represent represents",
    "vivo vive vivimos viven vivía resido reside residimos soy es somos estoy está estamos llamo"
    " llama llamamos representa representan",
)
_SUBJECTS = _words(
    "i i'm i’m i've i’ve we we're we’re we've we’ve you he she it they there this that these those"
    " my our your please thank thanks",
    "yo nosotros nosotras usted ustedes él ella ellos ellas me le les nos te se mi nuestra nuestro"
    " por favor gracias",
)
VERBS = NEEDS_MORE | _words(
    "have has had i've i’ve we've we’ve ask asks asking write writing want wants work works teach"
    " teaches need needs know knows believe hope care cares vote votes support supports oppose urge"
    " call calling raise raised love think see please thank can could will would should must do"
    " does did let open make keep stand",
    "tengo tiene tenemos he ha hemos pido pide pedimos escribo escribe escribimos quiero queremos"
    " trabajo trabaja trabajamos enseño necesito necesita necesitamos necesitan creo creemos espero"
    " esperamos voto vote apoyo apoya apoye apoyamos llamo ruego gracias puede pueden debe deben"
    " crío amo veo haga abra hace",
)
_SPANISH_VERBS = _words(
    "vivo vivimos soy somos estoy estamos tengo tenemos he hemos pido pedimos escribo escribimos"
    " quiero queremos trabajo trabajamos necesito necesitamos creo creemos espero esperamos apoyo"
    " apoyamos llamo ruego vote apoye haga abra"
)
# A clause that begins so needs nothing before it. (Spanish verbs say who acts.)
STARTERS = _SUBJECTS | _SPANISH_VERBS
# One that begins so leans on another.
RELATIVES = _words(
    "where which who whose whom when while because since although though if",
    "donde que quien quienes cuyo cuya cuando mientras porque aunque si",
)
OPENERS = PREPOSITIONS | RELATIVES

ABBREVIATIONS = _words(
    "mr mrs ms dr st sen rep del gov hon no jr sr vs u.s h.b s.b h.r s.r h.j.r s.j.r p.o d.c",
    "sra dra srta ud uds ee uu ee.uu núm art",
)
