"""A clock for signed marks and links alone: threads that other tests left keep the right time."""

import time
from types import SimpleNamespace
from unittest.mock import patch

from django.core import signing


def signing_at(seconds_from_now):
    """Within it marks and links are made, and found too old, as if it were so much later."""
    at = time.time() + seconds_from_now
    return patch.object(signing, "time", SimpleNamespace(time=lambda: at))
