"""The servers behind the tests are real ones, and see the test's own rows."""

import urllib.request

import pytest

from worker import tasks


def test_the_site_answers_over_http_from_the_tests_database(site):
    with urllib.request.urlopen(f"{site}/readyz") as answer:
        assert answer.read() == b'{"database": "ok", "redis": "ok"}'


def test_a_browser_opens_the_home_page_without_a_complaint(page):
    page.goto("/")

    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("queue", ["work", "mail", "letters", "desk"])
def test_a_real_worker_takes_each_message_once_from_every_queue(celery_worker, queue):
    tasks.sweep.apply_async(queue=queue)
    tasks.deliver.apply_async(("a lane without work",), queue=queue)

    assert celery_worker.wait_for("worker.tasks.deliver", "succeeded")
    assert celery_worker.log().count("worker.tasks.sweep[") == len(["received", "succeeded"])
