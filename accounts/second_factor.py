"""The second factor of somebody who works here: an app's codes, passkeys, recovery codes.

django-allauth keeps and computes them (allauth.mfa); of its pages, sign-in and sign-up nothing is
used. What differs from it: a code is used once by the row it is kept in, since there is signing in
while Redis is away.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.db import transaction

from accounts import audit
from accounts.models import User

Type = Authenticator.Type
# As the audit log says it.
NAMES = {Type.TOTP: "app", Type.WEBAUTHN: "passkey", Type.RECOVERY_CODES: "recovery code"}


def is_on(user: User) -> bool:
    """Whether signing in asks for more than the password. Recovery codes alone are none."""
    return factors(user).exclude(type=Type.RECOVERY_CODES).exists()


def factors(user: User) -> Any:
    """The rows of allauth's Authenticator, oldest first."""
    return Authenticator.objects.filter(user=user).order_by("pk")


def with_second_factor() -> set[int]:
    """The ids of all accounts that have one."""
    rows = Authenticator.objects.exclude(type=Type.RECOVERY_CODES)
    return set(rows.values_list("user_id", flat=True))


@transaction.atomic
def take_code(user: User, code: str) -> Authenticator | None:
    """What this code proves, used up by it; None for a code that is wrong or was used before."""
    # Locked: of the same code twice at once, one is let in.
    for row in factors(user).select_for_update().exclude(type=Type.WEBAUTHN):
        taken = _take_totp(row, code) if row.type == Type.TOTP else row.wrap().validate_code(code)
        if taken:
            row.refresh_from_db()
            row.record_usage()
            return row  # type: ignore[no-any-return]
    return None


def new_secret() -> str:
    """For an app, before its first code has shown that it took it."""
    return str(totp.generate_totp_secret())


def first_code_fits(secret: str, code: str) -> bool:
    """Whether an app with this secret shows this code about now."""
    return _step_of(secret, code) is not None


@transaction.atomic
def add_app(user: User, secret: str) -> None:
    """Replaces the app there was."""
    factors(user).filter(type=Type.TOTP).delete()
    row = totp.TOTP.activate(user, secret).instance
    # The code that was shown to add it signs nobody in.
    row.data["last_step"] = int(time.time()) // app_settings.TOTP_PERIOD
    row.save(update_fields=["data"])
    after_adding(user, Type.TOTP)


def after_adding(user: User, kind: str) -> None:
    """Written down; with the first come recovery codes. Inside the transaction that adds it."""
    RecoveryCodes.activate(user)
    audit.record(user.email, "second factor added", "self", kind=NAMES[Type(kind)])


@transaction.atomic
def remove(user: User, pk: int, *, author: User) -> bool:
    """One of them; with the last go the recovery codes. False if it was gone already."""
    row = factors(user).exclude(type=Type.RECOVERY_CODES).filter(pk=pk).first()
    if row is None:
        return False
    kind = NAMES[Type(row.type)]
    row.delete()
    if not is_on(user):
        factors(user).delete()
    audit.record(author.email, "second factor removed", user.email, kind=kind)
    return True


@transaction.atomic
def remove_all(user: User, *, author: str) -> bool:
    """For somebody who lost theirs. They add another at their next sign-in."""
    found, _by_model = factors(user).delete()
    if found:
        audit.record(author, "second factor removed", user.email, kind="all")
    return bool(found)


@transaction.atomic
def new_recovery_codes(user: User) -> None:
    """Instead of those there were, used or not."""
    factors(user).filter(type=Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    audit.record(user.email, "recovery codes made", "self")


def show_codes_once(user: User) -> list[str]:
    """The recovery codes, the first time that somebody looks; then none."""
    row = factors(user).filter(type=Type.RECOVERY_CODES).first()
    if row is None or row.wrap().did_view:
        return []
    codes: list[str] = row.wrap().get_unused_codes()
    row.wrap().mark_as_viewed()
    return codes


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    row = factors(user).filter(type=Type.RECOVERY_CODES).first()
    return len(row.wrap().get_unused_codes()) if row else 0


def _take_totp(row: Authenticator, code: str) -> bool:
    step = _step_of(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get("last_step", 0):
        return False
    row.data["last_step"] = step
    row.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str) -> int | None:
    """The half minute that this code belongs to, if it is about now."""
    for step in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, step))
        if totp.compare_user_code(actual=code, expected=expected):
            return int(step)
    return None
