"""Whoever a test signs in by `client.force_login` has proven all there is to prove, a moment ago.

Whoever signs in by the page has proven what they typed there.
"""

from __future__ import annotations

import time

from django.contrib.auth.signals import user_logged_in

from accounts import proofs


def prove(request, **_):
    # Only the test client's own request comes from nowhere.
    if not request.path:
        proofs.note(request.session, factor=True)


user_logged_in.connect(prove, dispatch_uid="tests.proven")


def forget(client, *, factor=True, seconds=proofs.FRESH_S):
    """This client's session gave its password that long ago, and its second factor never."""
    session = client.session
    session["proved_at"] = time.time() - seconds
    if factor:
        session.pop("factor_at", None)
    session.save()
