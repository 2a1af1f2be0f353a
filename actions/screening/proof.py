"""Proof of work: a calculation that a browser does while its writer types (altcha, version 2).

Whoever brings one is not set aside for what others send (screening.bursts). It tracks nobody: a
challenge names the form that it was made for and nothing else. A Python program solves it with
`altcha.solve_challenge`.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any
from uuid import UUID

import altcha
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from actions.models.burst import UsedProof

# At most so many derivations of so many rounds each: about two seconds on a cheap telephone. We
# draw the number that answers, so nobody is unlucky and waits ten times as long.
ALGORITHM, ROUNDS, MOST = "PBKDF2/SHA-256", 10_000, 200
# Longer than most people write; a script fetches another one before.
LASTS = dt.timedelta(minutes=30)
LONGEST = 2000


def challenge(form_key: UUID) -> dict[str, Any]:
    """For one form, as JSON of altcha's protocol."""
    made = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=secrets.randbelow(MOST),
        expires_at=timezone.now() + LASTS,
        data={"form": form_key.hex},
        hmac_secret=key("challenge"),
        hmac_key_secret=key("answer"),
    )
    found: dict[str, Any] = made.to_dict()
    return found


def use(text: str, form_key: UUID) -> bool:
    """Whether this is the answer to a challenge of ours for this form, and the first time that it
    is used. Call it in a transaction: it stays unused if that fails.
    """
    nonce = solved(text, form_key)
    if not nonce:
        return False
    try:
        with transaction.atomic():
            UsedProof.objects.create(nonce=nonce, used_at=timezone.now())
    except IntegrityError:
        return False
    return True


def solved(text: str, form_key: UUID) -> str:
    """The nonce of the challenge that this answers, or blank."""
    if not text or len(text) > LONGEST:
        return ""
    answer = altcha.verify_solution(
        text, hmac_secret=key("challenge"), hmac_key_secret=key("answer")
    )
    if not answer.verified:
        return ""
    ours = altcha.Payload.from_base64(text).challenge.parameters
    is_for_it = ours.data == {"form": form_key.hex}
    return ours.nonce if is_for_it else ""


def key(purpose: str) -> bytes:
    """One for each thing that is signed."""
    return salted_hmac("actions.proof", purpose, algorithm="sha256").digest()
