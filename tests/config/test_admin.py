"""Django's administration works under our Content-Security-Policy, in a real browser."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User


@pytest.fixture
def admin_page(page, site):
    client = Client()
    client.force_login(User.objects.create_superuser("ada@example.org", name="Ada"))
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": site,
            }
        ]
    )
    return page


def test_its_forms_open_work_and_break_no_rule(admin_page):
    admin_page.goto("/admin/accounts/user/")
    assert "ada@example.org" in admin_page.locator("#result_list").inner_text()

    admin_page.get_by_role("link", name="ada@example.org").first.click()
    admin_page.locator("input[name=name]").fill("Ada L.")
    admin_page.locator("input[name=_save]").click()

    assert User.objects.get().name == "Ada L."
    assert admin_page.complaints == []
