"""Until when a server's certificate is good, as whoever calls there is shown it."""

from __future__ import annotations

import datetime as dt
import socket
import ssl

from cryptography import x509

TIMEOUT_S = 10


def ends_at(host: str, port: int = 443) -> dt.datetime | None:
    """None where nobody answers with one: that is for whoever looks from outside to say."""
    context = ssl.create_default_context()
    # One that is over, or nobody vouches for, is what we want to see.
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), timeout=TIMEOUT_S) as line,
            context.wrap_socket(line, server_hostname=host) as secured,
        ):
            shown = secured.getpeercert(binary_form=True)
    except (OSError, ValueError):
        return None
    return x509.load_der_x509_certificate(shown).not_valid_after_utc if shown else None
