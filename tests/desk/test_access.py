"""Who may open what at the desk: every address, every role, both methods.

A new address without a line here fails.
"""

import re

import pytest
from django.urls import URLPattern, URLResolver, reverse

from desk import urls
from tests import build
from tests.proven import forget

RIGHT = {
    "home": "",
    "draft_keep": "",
    "draft_throw_away": "",
    "supporters": "see_supporters",
    "exports": "export_supporters",
    "export_new": "export_supporters",
    "export": "export_supporters",
    "export_download": "export_supporters",
    "export_stop": "export_supporters",
    "petitions": "export_supporters",
    "petition": "export_supporters",
    "quarantine": "see_supporters",
    "quarantine_release": "see_supporters",
    "quarantine_refuse": "see_supporters",
    "suppressed": "see_supporters",
    "suppressed_lift": "see_supporters",
    "rosters": "see_outbox",
    "turnover": "see_outbox",
    "brand": "edit_brand",
    "people": "manage_people",
    "person_invite": "manage_people",
    "invitation_end": "manage_people",
    "audit_log": "manage_people",
    "person": "manage_people",
    "person_password": "manage_people",
    "person_factors": "manage_people",
    "person_deactivate": "manage_people",
    "person_reactivate": "manage_people",
    "approvals": "manage_officials",
    "holders": "manage_officials",
    "custom_offices": "manage_officials",
    "custom_office_new": "manage_officials",
    "custom_office_table": "manage_officials",
    "custom_office": "manage_officials",
    "holders_agreeing": "manage_officials",
    "holder_roster": "manage_officials",
    "holder": "manage_officials",
    "approve": "manage_officials",
    "refuse": "manage_officials",
    "updates": "send_updates",
    "update_new": "send_updates",
    "update": "send_updates",
    "update_words": "send_updates",
    "update_approve": "send_updates",
    "update_call_back": "send_updates",
    "update_stop": "send_updates",
    "update_remove": "send_updates",
    "printing": "see_outbox",
    "print_close": "hold_deliveries",
    "print_batch": "see_outbox",
    "print_deed": "hold_deliveries",
    "print_file": "hold_deliveries see_supporters",
    "outbox": "see_outbox",
    "message": "see_outbox",
    "deliveries": "see_outbox",
    "delivery": "see_outbox",
    "settle": "hold_deliveries",
    "resend": "see_outbox",
    "resend_send": "hold_deliveries",
    "resend_stop": "hold_deliveries",
    "lane": "see_outbox",
    "lane_pace": "hold_deliveries",
    "lane_try": "hold_deliveries",
    "uncertain": "see_outbox",
    "office": "see_outbox",
    "review": "see_outbox",
    "review_decide": "hold_deliveries",
    "addresses": "see_outbox",
    "address_correct": "manage_officials",
    "ladders": "see_outbox",
    "ladder": "hold_deliveries",
    "seat": "see_outbox",
    "seat_ladder": "hold_deliveries",
    "holds": "see_outbox",
    "hold_place": "hold_deliveries",
    "hold_lift": "hold_deliveries",
    "campaigns": "see_campaigns",
    "campaign_new": "run_campaigns",
    "issues": "run_campaigns",
    "issue_new": "run_campaigns",
    "issue": "run_campaigns",
    "campaign": "see_campaigns",
    "campaign_words": "run_campaigns",
    "campaign_settings": "run_campaigns",
    "campaign_safeguards": "change_safeguards",
    "campaign_asks": "run_campaigns",
    "campaign_numbers": "see_campaigns",
    "campaign_deed": "run_campaigns",
    "campaign_preview": "run_campaigns",
    "preview_words": "run_campaigns",
    "preview_ask": "run_campaigns",
    "preview_letter": "run_campaigns",
    "preview_link_new": "run_campaigns",
    "preview_link_end": "run_campaigns",
    "campaign_undo": "run_campaigns",
    "campaign_delete": "run_campaigns",
    "campaign_history": "run_campaigns",
    "campaign_change": "run_campaigns",
    "ask_add": "run_campaigns",
    "ask_move": "run_campaigns",
    "ask_remove": "run_campaigns",
    "ask_words": "run_campaigns",
    "ask_targets": "run_campaigns",
    "ask_rule": "run_campaigns",
    "ask_rule_remove": "run_campaigns",
    "ask_letter": "run_campaigns",
    "ask_preview": "run_campaigns",
    "ask_test": "run_campaigns",
}
HAS = {
    "partner": set(),
    "read-only": {"see_campaigns"},
    "organizer": {"run_campaigns", "see_campaigns", "see_outbox", "send_updates"},
    "staff": {
        "see_campaigns",
        "see_supporters",
        "see_outbox",
        "hold_deliveries",
        "manage_officials",
    },
    "officials": {"manage_officials", "see_outbox"},
    "exporter": {"export_supporters"},
    "administrator": {
        "run_campaigns",
        "see_campaigns",
        "see_supporters",
        "export_supporters",
        "see_outbox",
        "hold_deliveries",
        "edit_brand",
        "manage_officials",
        "change_safeguards",
        "manage_people",
        "send_updates",
    },
}
# Whose pages a password alone does not open.
ASK_FOR_SECOND_FACTOR = {
    "see_supporters",
    "export_supporters",
    "manage_people",
    "manage_officials",
    "hold_deliveries",
    "change_safeguards",
    "send_updates",
}
FILLED = {
    "number": 1,
    "slug": "no-such",
    "str": "en",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def routes(patterns=urls.urlpatterns, before=""):
    """(name, keyword arguments to reach it) of every address."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield (
                entry.name,
                {
                    name: FILLED[kind_of(converter)]
                    for name, converter in entry.pattern.converters.items()
                }
                | outer(before),
            )


def kind_of(converter):
    return type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()


def outer(before):
    assert "<" not in before, "an include with arguments of its own: teach this test to fill them"
    return {}


ROUTES = dict(routes())


def test_every_address_has_a_right_written_here():
    assert set(ROUTES) == set(RIGHT)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_stranger_is_asked_to_sign_in_everywhere(client, db, name, method):
    answer = getattr(client, method)(reverse(f"desk:{name}", kwargs=ROUTES[name]))

    assert answer.status_code == 405 or (
        answer.status_code == 302 and answer["Location"].startswith("/login/?next=")
    )


@pytest.mark.parametrize("role", sorted(HAS))
def test_each_role_opens_exactly_what_it_has_the_right_to(client, db, role):
    client.force_login(build.user(role))
    wrong = []
    for name, right in RIGHT.items():
        may = set(right.split()) <= HAS[role]
        for method in ("get", "post"):
            status = getattr(client, method)(
                reverse(f"desk:{name}", kwargs=ROUTES[name])
            ).status_code
            fits = status in (200, 302, 404, 405, 422) if may else status in (403, 405)
            if not fits or (name == "home" and status != 200):
                wrong.append((name, method, status))

    assert wrong == []


@pytest.mark.parametrize(
    ("role", "for_all"),
    [*((role, False) for role, rights in sorted(HAS.items()) if rights), ("organizer", True)],
)
def test_each_role_is_asked_for_a_second_factor_exactly_where_it_has_to_be(
    client, db, settings, role, for_all
):
    settings.SECOND_FACTOR_FOR_ALL = for_all
    client.force_login(build.user(role))
    forget(client)
    wrong = []
    for name, right in RIGHT.items():
        rights = set(right.split())
        # What is not open to them is shut whatever they prove: the test above.
        if not rights <= HAS[role]:
            continue
        url = reverse(f"desk:{name}", kwargs=ROUTES[name])
        answer = client.post(url)
        if answer.status_code == 405:
            answer = client.get(url)
        asked = answer.headers.get("Location", "").startswith("/account/second-factor/?next=")
        if asked != bool(for_all or rights & ASK_FOR_SECOND_FACTOR):
            wrong.append((name, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("role", sorted(HAS))
def test_no_link_of_the_overview_leads_to_a_closed_door(client, db, role):
    build.ask("petition")
    client.force_login(build.user(role))
    home = client.get("/desk/").content.decode()
    links = {
        link for link in re.findall(r'href="(/[^"#]*)"', home) if not link.startswith("/static/")
    }

    assert {client.get(link).status_code for link in links} <= {200, 302}
    assert HAS[role] or "/act/playgrounds/" in links
    assert "nobody has given it a role" not in home


def test_somebody_without_a_role_is_told_whom_to_ask(client, db):
    client.force_login(build.user())

    assert "Ask an administrator" in client.get("/desk/").content.decode()


def test_pages_of_the_desk_are_never_stored(client, db):
    client.force_login(build.user("administrator"))

    for url in ("/desk/", "/desk/supporters/", "/desk/exports/", "/outbox/", "/desk/campaigns/"):
        assert "no-store" in client.get(url)["Cache-Control"], url
