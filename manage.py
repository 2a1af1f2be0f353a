#!/usr/bin/env python
"""Django's command line. Without settings in the environment it works on what bin/run made here."""

import os
import sys

from config import local_manage

if __name__ == "__main__":
    local_manage.adopt()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
