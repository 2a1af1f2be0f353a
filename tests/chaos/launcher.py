"""Celery in a process with something wrong: python -m tests.chaos.launcher celery-arguments.

What is wrong stands in the environment.

CHAOS_SKEW_S: this process's clock is so many seconds wrong. CHAOS_NO_DNS: it finds no name.
CHAOS_POISON: whoever carries
(CHAOS_POISON_AT=begin: is about to open) a letter with one of these lines in it dies; each death is
first written to CHAOS_DEATHS.
"""

import contextlib
import os
import signal
import sys


def main():
    if skew := float(os.environ.get("CHAOS_SKEW_S", "0")):
        put_clock_wrong(skew)
    if os.environ.get("CHAOS_NO_DNS"):
        lose_names()
    if words := os.environ.get("CHAOS_POISON"):
        poison(
            [one.encode() for one in words.splitlines()],
            os.environ["CHAOS_DEATHS"],
            at=os.environ["CHAOS_POISON_AT"],
        )
    sys.argv[0] = "celery"
    from celery.__main__ import main as celery

    celery()


def put_clock_wrong(seconds):
    import datetime as dt

    import time_machine

    time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds), tick=True).start()


def lose_names():
    import ipaddress
    import socket

    def look_up(host, *args, usual=socket.getaddrinfo, **kwargs):
        with contextlib.suppress(ValueError):
            ipaddress.ip_address(host or "127.0.0.1")
            return usual(host, *args, **kwargs)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    socket.getaddrinfo = look_up


def poison(words, deaths, *, at):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from worker.channels import email
    from worker.engine import deliver

    def taste(recipient, message):
        if recipient.encode() not in words and any(one in bytes(message) for one in words):
            with open(deaths, "a") as file:
                file.write(f"{os.getpid()}\n")
            os.kill(os.getpid(), signal.SIGKILL)

    def carry(letter, usual=email.send):
        taste(letter.recipient, letter.message)
        return usual(letter)

    def begin(last, following, token, usual=deliver.finish_and_open):
        if following:
            taste(following.recipient, following.message)
        return usual(last, following, token)

    if at == "carry":
        email.send = carry
    else:
        deliver.finish_and_open = begin


if __name__ == "__main__":
    main()
