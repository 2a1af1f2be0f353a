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
from collections.abc import Mapping

import urllib3
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


def _post(body: bytes) -> bool:
    if not settings.ALARM_HOOK_URL:
        return True
    kind = {"Content-Type": "application/json", "User-Agent": "take-action"}
    try:
        # https, or this machine: config.checks. A redirect it would follow as a GET without a body.
        answer = urllib3.request(
            "POST",
            settings.ALARM_HOOK_URL,
            body=body,
            headers=kind,
            timeout=TIMEOUT_S,
            retries=False,
            redirect=False,
            preload_content=False,
        )
        answer.close()
    except (OSError, ValueError, urllib3.exceptions.HTTPError) as trouble:
        # Its words may quote the address.
        log.error("The alarm hook did not take it (%s)", type(trouble).__name__)
        return False
    if not 200 <= answer.status < 300:
        log.error("The alarm hook did not take it (%s)", answer.status)
        return False
    return True


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
