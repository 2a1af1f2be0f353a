"""Deeds of a site's own people and jobs, in a process of the house: python -m tests.drill.inside DEED ARGUMENTS"""

import os
import sys


def allow_news(*emails):
    from supporters import consent
    from supporters.models import Consent

    for person in people(emails):
        consent.grant(person, Consent.Purpose.NEWSLETTER, "News.")


def end_news(*emails):
    from supporters import newsletter

    for person in people(emails):
        newsletter.leave(person)


def erase(*emails):
    from actions.erasing import How
    from actions.erasing import erase as erase_person

    for person in people(emails):
        erase_person(person, by="drill", how=How.POST)


def suppress(*emails):
    from supporters.models import Suppression
    from supporters.suppressions import suppress as suppress_mailbox

    for person in people(emails):
        suppress_mailbox(person.mailbox, Suppression.Reason.ASKED)


def pause(scope, key):
    from worker.engine import holds

    holds.place(scope, key, reason="Until the drill says so", author="drill")


def resume(scope, key):
    from worker.engine import holds

    holds.lift(scope, key)


def people(emails):
    from supporters.models import Supporter

    found = list(Supporter.objects.filter(email__in=emails))
    assert len(found) == len(emails), f"{len(found)} of {len(emails)} are known"
    return found


DEEDS = {one.__name__: one for one in (allow_news, end_news, erase, suppress, pause, resume)}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    DEEDS[sys.argv[1]](*sys.argv[2:])
