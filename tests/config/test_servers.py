"""The servers behind the tests are real ones, and see the test's own rows."""

import urllib.request

from django.conf import settings

from worker import tasks
from worker.models import Delivery


def test_the_site_answers_over_http_from_the_tests_database(site):
    with urllib.request.urlopen(f"{site}/readyz") as answer:
        assert answer.read() == b'{"database": "ok", "redis": "ok"}'


def test_a_browser_opens_the_home_page_without_a_complaint(page):
    page.goto("/")

    assert page.locator("h1").count() == 1


def test_a_real_worker_takes_messages_from_the_tests_redis(celery_worker):
    tasks.sweep.delay()

    assert celery_worker.wait_for("worker.tasks.sweep", "succeeded")
    assert settings.REDIS_URL.startswith("redis://")
    assert not Delivery.objects.exists()
