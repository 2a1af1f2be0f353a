"""What a web server loads: config.wsgi.application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Whoever waits for a page does not wait for ever (config/settings/database.py).
os.environ.setdefault("IS_WEB", "1")
application = get_wsgi_application()

from config.checks import insist  # noqa: E402 (settings first)
from worker.restoring import identity  # noqa: E402

insist()
identity.watch()
