"""One request to a chamber of Congress: only to its own hosts, and only through what was named."""

from __future__ import annotations

import base64
import http.client
import re
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.conf import settings

from worker.channels import ChannelError, Interrupted

TIMEOUT_S = 20
ANSWER_LIMIT = 1024 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True)
class Endpoint:
    """Where a chamber listens, and by which way we go there.

    `via` is "" (directly), http://proxy:3128 or tcp://relay:443.
    """

    host: str
    port: int
    is_plain: bool
    key: str
    via: str

    @classmethod
    def of(cls, chamber: str) -> Endpoint:
        """As configured.

        Raises ChannelError, in words for the operator, for whatever is missing or not allowed.
        """
        name = chamber.upper()
        url, key = (
            urlsplit(getattr(settings, f"CWC_{name}_URL")),
            getattr(settings, f"CWC_{name}_KEY"),
        )
        if not (url.hostname and key):
            raise ChannelError(
                f"CWC_{name}_URL and CWC_{name}_KEY are not both set.", endpoint=True
            )
        if not is_allowed(url, chamber):
            raise ChannelError(
                f"CWC_{name}_URL is not an https:// address at {chamber}.gov.", endpoint=True
            )
        is_plain = url.scheme == "http"
        return cls(
            url.hostname,
            url.port or (80 if is_plain else 443),
            is_plain,
            key,
            way_out(url.hostname),
        )


@dataclass(frozen=True)
class Answer:
    code: int
    kind: str
    text: str
    retry_after: str


def is_allowed(url: SplitResult, chamber: str) -> bool:
    """The chamber's own, or on this machine where tests permit that."""
    host = url.hostname or ""
    if host in LOOPBACK:
        return settings.CWC_LOOPBACK and url.scheme in ("http", "https")
    # The dot: a name that only ends alike belongs to anybody.
    return url.scheme == "https" and url.port in (None, 443) and host.endswith(f".{chamber}.gov")


def way_out(host: str) -> str:
    """Fails closed: without a proxy the operator must have said that this machine's own address is
    the one they know.
    """
    if settings.CWC_PROXY_URL:
        if not re.fullmatch(r"(http|tcp)://([^/@]+@)?[^/@:]+:[0-9]+/?", settings.CWC_PROXY_URL):
            raise ChannelError(
                "CWC_PROXY_URL looks like http://user:password@proxy:3128, or tcp://relay:443.",
                endpoint=True,
            )
        return str(settings.CWC_PROXY_URL)
    if settings.CWC_DIRECT or host in LOOPBACK:
        return ""
    raise ChannelError(
        "Neither CWC_PROXY_URL nor CWC_DIRECT is set: nothing goes to Congress from an address it"
        " does not know.",
        endpoint=True,
    )


def exchange(endpoint: Endpoint, method: str, path: str, body: bytes | None = None) -> Answer:
    """One request. Raises ChannelError while nothing can have been taken, Interrupted once it can.

    Follows no redirect.
    """
    connection = connected(endpoint)
    headers = {"Accept": "*/*", "Connection": "close"} | (
        {"Content-Type": "application/xml"} if body is not None else {}
    )
    try:
        connection.request(method, f"{path}?apikey={quote(endpoint.key, safe='')}", body, headers)
        answer = connection.getresponse()
        text = answer.read(ANSWER_LIMIT).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise Interrupted(
            f"The line broke after the message began to leave: {type(error).__name__}",
            endpoint=True,
        ) from error
    finally:
        connection.close()
    kind = answer.getheader("Content-Type", "").partition(";")[0].strip().lower()
    # Some errors repeat the address that was asked for, with our key in it.
    shown = text.replace(endpoint.key, "…").replace("\x00", "")
    return Answer(answer.status, kind, shown, answer.getheader("Retry-After", "").strip())


def connected(endpoint: Endpoint) -> http.client.HTTPConnection:
    connection = unopened(endpoint)
    try:
        connection.connect()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        raise ChannelError(f"No connection to {endpoint.host}: {error}", endpoint=True) from error
    return connection


def unopened(endpoint: Endpoint) -> http.client.HTTPConnection:
    """Through a proxy, through a relay that passes bytes on, or directly."""
    if endpoint.is_plain:  # this machine only: is_allowed
        return http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=TIMEOUT_S)
    via = urlsplit(endpoint.via)
    context = ssl.create_default_context()
    if via.scheme == "http":
        connection = http.client.HTTPSConnection(
            str(via.hostname), via.port, timeout=TIMEOUT_S, context=context
        )
        connection.set_tunnel(endpoint.host, endpoint.port, headers=credentials(via))
        return connection
    if via.scheme == "tcp":
        return PassedThrough(
            endpoint.host,
            endpoint.port,
            timeout=TIMEOUT_S,
            context=context,
            relay=(str(via.hostname), via.port or 443),
        )
    return http.client.HTTPSConnection(
        endpoint.host, endpoint.port, timeout=TIMEOUT_S, context=context
    )


def credentials(via: SplitResult) -> dict[str, str]:
    if not via.username:
        return {}
    login = f"{unquote(via.username)}:{unquote(via.password or '')}"
    return {"Proxy-Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"}


class PassedThrough(http.client.HTTPSConnection):
    """TLS with the chamber's own name over a relay that passes bytes on unread (an nginx
    stream).
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        timeout: float,
        context: ssl.SSLContext,
        relay: tuple[str, int],
    ) -> None:
        super().__init__(host, port, timeout=timeout, context=context)
        self.relay, self.tls = relay, context

    def connect(self) -> None:
        plain = socket.create_connection(self.relay, TIMEOUT_S)
        try:
            self.sock: Any = self.tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
