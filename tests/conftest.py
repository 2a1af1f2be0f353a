"""What a test may ask for: the site on a real web server, a real worker, a browser, the real data.

Servers come from `bin/test`.
"""

from __future__ import annotations

import os

# Playwright keeps an event loop in our thread; the ORM calls between its steps are as synchronous
# as ever.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

import gc
from contextlib import ExitStack, suppress
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from django.test import override_settings
from redis import Redis, RedisError
from whitenoise.middleware import WhiteNoiseMiddleware

from config import restore_mode
from legislators.maps import published
from tests import build, emptying, processes, template

pytest_plugins = ["tests.proven", "tests.smtp_sink", "tests.congress", "tests.lob"]

ON_CI = os.environ.get("CI", "").lower() in {"1", "true"}
# What goes in is not refused for what chance finds on that day: CI tries the same examples until
# a test changes, everybody else tries new ones. None is hurried: a busy machine is no fault.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("exploring", derandomize=False, deadline=None)
hypothesis.settings.load_profile("steady" if ON_CI else "exploring")

# Read before any test makes them fewer.
EVERY_POINT = published.POINTS_CHECKED
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"
# A page lives a second: what the optimizing compilers would spend on it never comes back.
NO_OPTIMIZING = "--js-flags=--no-maglev,--no-opt"


@pytest.fixture(scope="session", autouse=True)
def _plain_static_files(django_test_environment):
    """Tests read static files where they lie: nothing has to be collected first.

    What lies there is looked up once, not by each of some thousand clients.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def look_once(middleware):
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files = found

    with (
        override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


def pytest_collection_finish(session):
    """All that is there now stays to the end: the garbage collector need not look at it again,
    and the rest it meets seldomer, which is a tenth of a test's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _quick_where_strength_costs():
    """A password is hashed in no time, a toy map is held against GEOS on few points, and nobody
    asks whether this is a restored database.

    `every_point` and the real maps ask for as many as in production.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1_000)
        patch.setattr(published, "POINTS_CHECKED", 2_000)
        # Asked once a second otherwise: now and then a request would have one query more.
        patch.setattr(restore_mode, "no_until", float("inf"))
        yield


@pytest.fixture
def every_point(monkeypatch):
    """For tests of how many points a map is held against GEOS on."""
    monkeypatch.setattr(published, "POINTS_CHECKED", EVERY_POINT)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The test's database is a copy of one that was migrated already, where there is one: nobody
    has to read all migrations to find that none is left.
    """
    if template.NAME:
        copied = {"TEMPLATE": template.NAME, "MIGRATE": False}
        settings.DATABASES["default"].setdefault("TEST", {}).update(copied)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Who has real transactions empties the tables at the end: what migrations wrote, roles among
    it, comes back.
    """
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            emptying.remember()


@pytest.fixture(scope="session")
def _redis_line():
    with Redis.from_url(settings.REDIS_URL, retry=None, socket_connect_timeout=1) as line:
        yield line


@pytest.fixture(autouse=True)
def _clean_redis(_redis_line):
    """Each test starts with empty counters and queues, if a Redis is there.

    Bindings stay: publishers remember having declared them.
    """
    with suppress(RedisError):
        keys = _redis_line.scan_iter(count=1000)
        if stale := [key for key in keys if not key.startswith(b"_kombu.binding.")]:
            _redis_line.delete(*stale)


@pytest.fixture(scope="session")
def _servers():
    """Other processes must see our rows: that takes the PostgreSQL of `bin/test`."""
    if connection.vendor != "postgresql":
        pytest.skip("needs the servers that bin/test starts")


@pytest.fixture
def several_writers():
    """For tests of several database connections that write at the same moment."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one writer")


@pytest.fixture(scope="session")
def _web_server(_servers, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), processes.web() as url:
        yield url


@pytest.fixture
def site(_web_server, transactional_db):
    """The address of the site on a real gunicorn over this test's rows, e.g.

    "http://127.0.0.1:41234"; equals settings.SITE_URL.
    """
    return _web_server


@pytest.fixture
def celery_worker(_servers, transactional_db, tmp_path):
    """A real Celery worker on this test's rows and Redis.

    Its `.log()` is what it printed; `.stop()` ends it early.

    Mail goes to settings.CATCHER_URL: ask for `smtp_sink` as well to have somebody listen there.
    """
    with processes.worker(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def _lasting_worker(_servers, django_db_setup, django_db_blocker, tmp_path_factory):
    """For one file only: alive any longer, it would take the rows of tests that have workers of
    their own.
    """
    with (
        django_db_blocker.unblock(),
        processes.worker(tmp_path_factory.mktemp("worker")) as running,
    ):
        yield running


@pytest.fixture
def worker_at_work(_lasting_worker, transactional_db):
    """A real Celery worker that many tests share, for those that only want their mail carried."""
    yield _lasting_worker
    processes.wait_until_idle()


@pytest.fixture
def start_worker(_servers, transactional_db, tmp_path):
    """Start workers when the test says so, with settings of their own:
    start_worker(CATCHER_URL="smtp://127.0.0.1:1").
    """
    with ExitStack() as stack:
        yield lambda **env: stack.enter_context(processes.worker(tmp_path, **env))


@pytest.fixture(scope="session")
def _browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", NOWHERE_ELSE, NO_OPTIMIZING],
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(_browser, site):
    """Open pages in contexts of their own: new_page(java_script_enabled=False, viewport={"width":
    390, "height": 844}).

    A request to another host fails and is kept in `page.foreign_requests`, a CSP violation or
    script error in
    `page.complaints`; at the end of the test both must be empty, unless the test cleared them.
    """
    pages = []

    def open_page(**context):
        context = {"base_url": site, "viewport": {"width": 1280, "height": 900}} | context
        page = _browser.new_context(**context).new_page()
        page.context.set_default_timeout(processes.PATIENCE_S * 1000)
        pages.append(watch(page, context["base_url"]))
        return page

    yield open_page
    for page in pages:
        page.context.close()
        assert page.foreign_requests == []
        assert page.complaints == []


@pytest.fixture
def page(new_page):
    return new_page()


def watch(page, site):
    page.foreign_requests, page.complaints = [], []

    def judge(request):
        if not request.url.startswith((site + "/", "data:", "blob:")):
            page.foreign_requests.append(request.url)

    def listen(message):
        if message.type == "error" and "Content Security Policy" in message.text:
            page.complaints.append(message.text)

    page.context.on("request", judge)
    page.on("console", listen)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


@pytest.fixture(scope="module")
def lasting_rows(django_db_setup, django_db_blocker):
    """Rows that fixtures of a whole file make are there for each of its tests, in a savepoint of
    its own, and gone after the file. Not for files with real transactions.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def letter_ask(db):
    return build.letter_ask()


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real rosters and boundaries.

    Where it is absent the test skips; on CI that is a failure.
    """
    folder = Path(os.environ.get("SHARED_DATA") or settings.BASE_DIR.parent / "shared" / "data")
    if not folder.is_dir():
        absent = pytest.fail if ON_CI else pytest.skip
        absent(f"needs the real data: no folder {folder} (set SHARED_DATA)")
    return folder
