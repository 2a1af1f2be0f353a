"""nginx before the programs, and the certificate it shows."""

from __future__ import annotations

import http.client
import shutil
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

from installing.program import SHIPPED
from installing.site import ETC, Site
from installing.steps import Step, holds, put, run, said, succeeds

TLS = ETC / "tls"
CHAIN, KEY = TLS / "fullchain.pem", TLS / "privkey.pem"
AVAILABLE = Path("/etc/nginx/sites-available/take-action")
ENABLED = Path("/etc/nginx/sites-enabled/take-action")
# What was written last: another text in its place is somebody's own work.
WRITTEN = ETC / "installed/nginx.conf"
KEPT_PAGES = Path("/var/lib/nginx/take-action")
LOGS = Path("/var/log/nginx")
PATIENCE_S = 60


def steps(site: Site, *, certbot_email: str | None) -> Iterator[Step]:
    yield Step("certificate", lambda: _no_certificate(site), lambda: _sign_ourselves(site))
    text = nginx_site(site, (SHIPPED / "nginx.conf").read_text())
    yield Step("nginx's site", lambda: _other_site(text), lambda: _put_site(text))
    if certbot_email:
        yield Step(
            "certificate of Let's Encrypt",
            lambda: "" if CHAIN.is_symlink() else "signed by ourselves",
            lambda: _ask_lets_encrypt(site, certbot_email),
        )
    yield Step("answers", lambda: _silent(site, patience_s=0), lambda: _wait(site))


def nginx_site(site: Site, shipped: str) -> str:
    return shipped.replace("act.example.org", site.host)


def is_self_signed() -> bool:
    return CHAIN.is_file() and not CHAIN.is_symlink() and _issuer() == _subject()


def _issuer() -> str:
    return said("openssl", "x509", "-noout", "-issuer", "-in", str(CHAIN)).partition("=")[2]


def _subject() -> str:
    return said("openssl", "x509", "-noout", "-subject", "-in", str(CHAIN)).partition("=")[2]


def _no_certificate(site: Site) -> str:
    if not (CHAIN.exists() and KEY.exists()):
        return "there is none"
    for_it = succeeds("openssl", "x509", "-noout", "-checkend", "86400", "-in", str(CHAIN))
    named = said("openssl", "x509", "-noout", "-checkhost", site.host, "-in", str(CHAIN))
    if not for_it:
        return "past its day"
    return "" if "does match" in named else f"not for {site.host}"


def _sign_ourselves(site: Site) -> None:
    """To begin with: browsers warn of it. One that somebody put there is never written over."""
    if CHAIN.exists() and not is_self_signed():
        return
    TLS.mkdir(mode=0o700, exist_ok=True)
    for path in (CHAIN, KEY):
        path.unlink(missing_ok=True)  # or a way to what another machine had
    run(
        *"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes".split(),
        *f"-days 825 -subj /CN={site.host} -addext subjectAltName=DNS:{site.host}".split(),
        *f"-keyout {KEY} -out {CHAIN}".split(),
    )
    KEY.chmod(0o600)


def _other_site(text: str) -> str:
    if not ENABLED.exists():
        return "there is none"
    if not succeeds("nginx", "-t"):
        return "nginx -t finds something"
    if holds(AVAILABLE, text) or not _is_ours():
        return ""
    return "not this version's"


def _is_ours() -> bool:
    return not AVAILABLE.exists() or (
        WRITTEN.is_file() and WRITTEN.read_text() == AVAILABLE.read_text()
    )


def _put_site(text: str) -> None:
    if _is_ours():
        put(AVAILABLE, text)
        put(WRITTEN, text)
    else:
        put(AVAILABLE.with_name("take-action.shipped"), text)
        print(f"         {AVAILABLE} was changed here and stays; {AVAILABLE}.shipped is new.")
    if not ENABLED.exists():
        ENABLED.symlink_to("../sites-available/take-action")
    run("nginx", "-t")
    run("systemctl", "reload", "nginx")


def _ask_lets_encrypt(site: Site, email: str) -> None:
    run(
        *"certbot certonly --non-interactive --agree-tos --nginx".split(),
        *("-m", email, "-d", site.host, "--deploy-hook", "systemctl reload nginx"),
    )
    for ours, theirs in ((CHAIN, "fullchain.pem"), (KEY, "privkey.pem")):
        ours.unlink(missing_ok=True)
        ours.symlink_to(f"/etc/letsencrypt/live/{site.host}/{theirs}")
    run("systemctl", "reload", "nginx")


def _silent(site: Site, *, patience_s: float) -> str:
    """Through nginx, as whoever types the address; who signed the certificate is not the matter."""
    context = ssl._create_unverified_context()  # noqa: S323
    until = time.monotonic() + patience_s
    while True:
        try:
            door = http.client.HTTPSConnection("127.0.0.1", timeout=30, context=context)
            door.request("GET", "/readyz", headers={"Host": site.host})
            answer = door.getresponse()
            trouble = "" if answer.status == 200 else f"{answer.status} {answer.read(200)!r}"
        except (OSError, http.client.HTTPException) as failed:
            trouble = f"nothing yet ({failed})"
        if not trouble or time.monotonic() > until:
            return trouble
        time.sleep(1)


def _wait(site: Site) -> None:
    _silent(site, patience_s=PATIENCE_S)


def remove() -> None:
    """The site and the pages that were kept; nginx itself is Debian's and stays."""
    for path in (ENABLED, AVAILABLE, AVAILABLE.with_name("take-action.shipped"), WRITTEN):
        path.unlink(missing_ok=True)
    if succeeds("systemctl", "is-active", "--quiet", "nginx"):
        run("systemctl", "reload", "nginx")
    shutil.rmtree(KEPT_PAGES, ignore_errors=True)


def delete_logs() -> None:
    """Without names or tokens, but of a site that is no more."""
    for path in LOGS.glob("take-action*"):
        path.unlink()
