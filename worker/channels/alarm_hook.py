"""Telling of an alarm by another way than mail: an address that takes a POST, or a command.

So it also tells that no mail leaves. The address may be a secret, as a chat's are: it is never
logged.
"""

from __future__ import annotations

import json
import logging
import os
import shlex
import subprocess
import urllib.request
from collections.abc import Mapping
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)

TIMEOUT_S = 15


def is_set() -> bool:
    return bool(settings.ALARM_HOOK_URL or settings.ALARM_HOOK_COMMAND)


def tell(news: Mapping[str, str]) -> bool:
    """Hand it to all that is set; whether all took it. Never raises.

    `text` is for people: what Slack, Mattermost and their like print; "content", the same, is
    Discord's word for it.
    """
    body = json.dumps({**news, "content": news["text"]}).encode()
    took = [way(body) for way in (_post, _run)]
    return all(took)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Elsewhere it would arrive as a GET without its body."""


def _post(body: bytes) -> bool:
    if not settings.ALARM_HOOK_URL:
        return True
    kind = {"Content-Type": "application/json", "User-Agent": "take-action"}
    # https, or this machine: config.checks.
    request = urllib.request.Request(settings.ALARM_HOOK_URL, body, kind)  # noqa: S310
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=TIMEOUT_S):
            return True
    except (OSError, ValueError) as trouble:
        # Its words may quote the address.
        code = getattr(trouble, "code", "")
        log.error("The alarm hook did not take it (%s %s)", type(trouble).__name__, code)
        return False


def _run(body: bytes) -> bool:
    if not settings.ALARM_HOOK_COMMAND:
        return True
    # Of our environment, which holds secrets, it gets the way to programs only.
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    try:
        subprocess.run(  # noqa: S603 (who sets the settings runs the site)
            shlex.split(settings.ALARM_HOOK_COMMAND),
            input=body,
            env=env,
            stdout=subprocess.DEVNULL,
            timeout=TIMEOUT_S,
            check=True,
        )
    except (OSError, ValueError, subprocess.SubprocessError) as trouble:
        code = getattr(trouble, "returncode", "")
        log.error("The alarm command failed (%s %s)", type(trouble).__name__, code)
        return False
    return True
