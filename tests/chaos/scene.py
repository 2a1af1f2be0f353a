"""The made-up state that everybody acts in.

As a program it fills the database of the environment: python -m tests.chaos.scene

What is written here as plain text is also what the checker expects: who acts from a ZIP writes to
exactly these addresses.
"""

SENATOR, ADA, CY = (
    "sena.okoro@senate.franklin.example",
    "ada.smith@house.franklin.example",
    "cy.lane@house.franklin.example",
)
DI, EVE, FAY = (
    "di.moss@delegates.example",
    "eve.ray@senate.franklin.example",
    "fay.oak@other.example",
)
TARGETS = {"00001": {SENATOR, ADA, CY}, "00002": {DI}, "00003": {EVE, FAY}}
STAFF = "desk@example.org"
# The key of a session in which that account has given its second factor.
SESSION = "of-somebody-who-works-at-the-desk"
# slug and position of every ask, and of those that count without the mailbox's answer
LETTER, PETITION, OPEN_LETTER = ("playgrounds", 1), ("playgrounds", 2), ("crossings", 1)
READY = 5  # letters per office that wait confirmed in the smaller scene


def build():
    """A letter and a petition that ask the mailbox, and a letter that does not."""
    from legislators.models import Chamber
    from tests import build

    sign_in(build.user("administrator", email=STAFF))
    parent = build.campaign(asks_age=False)
    hurried = build.campaign("crossings", asks_age=False, confirms_by_mail=False)
    asks = [build.ask("letter", campaign=parent), build.ask("letter", campaign=hurried)]
    for ask in asks:
        build.rule(ask, states=["FK"], chambers=["state_upper", "state_lower"])
    build.petition_text(build.ask("petition", campaign=parent))
    sit(Chamber.STATE_UPPER, "4", "00001", ("Sena Okoro", SENATOR))
    sit(Chamber.STATE_LOWER, "7", "00001", ("Ada Smith", ADA), ("Bo Diaz", ""), ("Cy Lane", CY))
    sit(Chamber.STATE_UPPER, "6", "00002", ("Uma Finch", ""))
    sit(Chamber.STATE_LOWER, "8", "00002", ("Di Moss", DI))
    sit(Chamber.STATE_UPPER, "5", "00003", ("Eve Ray", EVE))
    sit(Chamber.STATE_LOWER, "9", "00003", ("Fay Oak", FAY))
    return asks


def sign_in(user):
    """For as long as a run may take: nobody stands by to type codes."""
    import time

    from django.contrib import auth
    from django.contrib.sessions.backends.db import SessionStore

    session, later = SessionStore(), time.time() + 10 * 60 * 60
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["signed_in_at"] = session["seen_at"] = session["factor_at"] = later
    session._session_key = SESSION
    session.save(must_create=True)


def sit(chamber, district, zip5, *people):
    from tests import build

    for position, (name, email) in enumerate(people, start=1):
        seat = build.seat(chamber, district=district, position=position)
        build.term(seat, build.legislator(name, email=email, phone="+15550100100"))
    build.zip_district(zip5, seat=seat)


def write_letters(ask, people):
    """Confirmed letters of so many people, waiting to leave: for scenarios that only send."""
    from actions import recount
    from actions.confirm import confirm
    from actions.take import take_action
    from tests import build
    from worker.models import Delivery

    for n in range(people):
        places = [place for place in build.places(ask) if place.seat.district in ("4", "7")]
        entry = build.entry(email=f"ready{n}@people.example", zip="00001", given_name=f"Ready{n}")
        action = take_action(
            ask, build.filled_form(ask, entry=entry, places=places, own_words=f"ready-{n}")
        )
        confirm(action)
    Delivery.objects.filter(lane="mail").delete()
    recount.recount()


def main():
    import os
    import sys

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from tests import template

    # A copy of the tests' template is migrated: to find that out takes two seconds.
    if not template.NAME:
        call_command("migrate", verbosity=0)
    asks = build()
    if "ready" in sys.argv:
        write_letters(asks[0], READY)


if __name__ == "__main__":
    main()
