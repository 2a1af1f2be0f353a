"""The headers of every kind of answer."""

import pytest

PAGES = ["/", "/es/", "/healthz", "/no-such-page/", "/desk/", "/admin/", "/login/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_security_headers(client, path):
    answer = client.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]


@pytest.mark.django_db
def test_a_static_file_carries_them_too(client):
    answer = client.get("/static/css/tokens.css")

    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/es/"])
def test_a_public_page_sets_no_cookie_and_does_not_vary_by_person(client, path):
    answer = client.get(path, headers={"Accept-Language": "es"})

    assert answer.status_code == 200
    assert not answer.cookies
    assert not {"cookie", "accept-language"} & {
        name.strip().lower() for name in answer.headers.get("Vary", "").split(",")
    }


@pytest.mark.django_db
def test_the_language_is_the_one_in_the_address(client):
    assert client.get("/", headers={"Accept-Language": "es"}).headers["Content-Language"] == "en"
    assert client.get("/es/").headers["Content-Language"] == "es"


@pytest.mark.django_db
def test_a_host_we_do_not_know_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_cookies_are_bound_to_this_host_and_to_https_where_there_is_https(in_production):
    names = [
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
    ]
    cookies = in_production(
        f"from django.conf import settings; print(*(getattr(settings, name) for name in {names}))"
    )

    assert cookies.stdout.split() == ["__Host-session", "True", "__Host-csrf", "True"]
