"""What outlives every scenario of the chaos, and what a process of the house is started with."""

import os
from pathlib import Path

from config.children import NotReady
from tests.chaos.servers import TEMPLATE
from tests.nursery import Nursery

HERE = Path(__file__).resolve().parent.parent.parent


class Ground:
    """What outlives every scenario: the database server with the scenes in it, and the folder."""

    def __init__(self, folder, database):
        self.folder, self.database = folder, database
        self.nursery = Nursery()

    def build(self, *scenes, code=HERE, template=TEMPLATE):
        """Fill a database with the scene once, by the code of this folder; scenarios then copy
        it.
        """
        url = self.database.new(template)
        hurry = {"PGOPTIONS": "-c synchronous_commit=off", "LOG_LEVEL": "ERROR"}
        ended = self.nursery.run(
            ["-m", "tests.chaos.scene", *scenes],
            env=environment(DATABASE_URL=url, code=code, **hurry),
            cwd=code,
        )
        if ended.returncode:
            raise NotReady(f"The scene could not be built:\n{ended.stderr}")

    def stop(self):
        self.nursery.stop()
        self.database.stop()


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def environment(*, code=HERE, **env):
    # A copy of the code is made worse and mended again, faster than Python's own cache would notice.
    fickle = {} if code == HERE else {"PYTHONDONTWRITEBYTECODE": "1"}
    return (
        os.environ
        | fickle
        | {
            "PYTHONPATH": os.pathsep.join([str(code), str(HERE)]),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "only-for-chaos-" + "0123456789abcdef" * 4,
            "HASH_KEY": "only-for-chaos-too-" + "fedcba9876543210" * 2,
            "SITE_URL": "http://127.0.0.1",
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "TRUSTED_PROXIES": "127.0.0.1",  # the crowd comes from many addresses
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "SMTP_URL": "smtp://127.0.0.1:2",
            "CATCHER_URL": "smtp://127.0.0.1:1",
            "DELIVERY_ENABLED": "1",
            "MAIL_DOMAIN": "mail.example.org",
            "STATIC_MANIFEST": "0",
            "ACCESS_LOG": "0",
            "DEBUG": "0",
            "FORM_LEAST_SECONDS": "0",
            "WEB_WORKERS": "2",
            # As an operator may: no pace, and no waiting for an office to open.
            "LANE_PACE": "letters=100000/1000",
            "OFFICE_PER_HOUR": "0",
            "LOG_LEVEL": "INFO",
            **env,
        }
    )
