"""Settings for the bench alone: ours, and django-post_office beside it with its tables in the
bench's own database.
"""

import os

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "post_office"]

# Nothing set is the defaults: batches of 100, 5 threads, every outcome logged. The bench sets
# BATCH_SIZE for its best.
POST_OFFICE = {"BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"}}
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("BENCH_SINK_PORT", "25"))
EMAIL_TIMEOUT = 20
