"""Who may open what: every address of the site, every role, both methods.

The addresses are read from the list of addresses; one without a line here fails.
"""

import re
from typing import NamedTuple

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from tests import build

RIGHT = {
    "home": "",
    "draft_keep": "",
    "markdown": "",
    "draft_throw_away": "",
    "supporters": "see_supporters",
    "supporter_find": "see_supporters",
    "supporter_tags": "see_supporters",
    "supporter_tag": "see_supporters",
    "supporter": "see_supporters",
    "supporter_tagged": "see_supporters",
    "supporter_note": "see_supporters",
    "supporter_note_strike": "see_supporters",
    "supporter_suppress": "see_supporters",
    "supporter_lift": "see_supporters",
    "supporter_withdraw": "see_supporters",
    "supporter_correct": "see_supporters",
    "supporter_merge": "see_supporters",
    "supporter_merge_undo": "see_supporters",
    "supporter_pairs": "see_supporters",
    "supporter_pair": "see_supporters",
    "supporter_waiting": "see_supporters",
    "supporter_delete": "see_supporters",
    "exports": "export_supporters",
    "export_new": "export_supporters",
    "export": "export_supporters",
    "export_download": "export_supporters",
    "export_stop": "export_supporters",
    "export_begin": "export_supporters",
    "export_approve": "export_supporters",
    "export_file": "export_supporters",
    "supporters_count": "see_supporters",
    "segments": "see_supporters",
    "segment_keep": "see_supporters",
    "segment_change": "see_supporters",
    "segment_remove": "see_supporters",
    "imports": "export_supporters",
    "import": "export_supporters",
    "import_deed": "export_supporters",
    "petitions": "export_supporters",
    "petition": "export_supporters",
    "petition_pdf": "export_supporters",
    "delivery_books": "export_supporters",
    "delivery_book": "export_supporters",
    "delivery_book_pdf": "export_supporters",
    "quarantine": "see_supporters",
    "quarantine_release": "see_supporters",
    "quarantine_refuse": "see_supporters",
    "quarantine_many": "see_supporters",
    "quarantine_counted": "see_supporters",
    "trends": "see_supporters",
    "verdict_undo": "see_supporters",
    "verdict_stop": "see_supporters",
    "suppressed": "see_supporters",
    "suppressed_lift": "see_supporters",
    "alarms": "see_outbox",
    "rosters": "see_outbox",
    "turnover": "see_outbox",
    "brand": "edit_brand",
    "onward_hosts": "edit_brand",
    "onward_host_end": "edit_brand",
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
    "alerts": "send_updates",
    "alert_new": "send_updates",
    "alert": "send_updates",
    "alert_words": "send_updates",
    "alert_count": "send_updates",
    "alert_test": "send_updates",
    "alert_approve": "send_updates",
    "alert_remove": "send_updates",
    "alert_deed": "send_updates",
    "updates": "send_updates",
    "update_new": "send_updates",
    "update": "send_updates",
    "update_words": "send_updates",
    "update_approve": "send_updates",
    "update_call_back": "send_updates",
    "update_stop": "send_updates",
    "update_remove": "send_updates",
    "sign_ons": "run_campaigns",
    "sign_on_new": "run_campaigns",
    "sign_on": "run_campaigns",
    "sign_on_times": "run_campaigns",
    "sign_on_strike": "run_campaigns",
    "sign_on_about": "run_campaigns",
    "sign_on_deadline": "run_campaigns",
    "sign_on_organizations": "run_campaigns see_supporters",
    "sign_on_add": "run_campaigns see_supporters",
    "sign_on_csv": "run_campaigns",
    "sign_on_delivery": "run_campaigns",
    "sign_on_paper": "run_campaigns",
    "partners": "edit_brand",
    "partner_new": "edit_brand",
    "partner": "edit_brand",
    "campaign_partners": "run_campaigns",
    "personal_links": "export_supporters",
    "campaign_schedule": "run_campaigns",
    "venues": "run_campaigns",
    "venue_close": "run_campaigns",
    "schedule_end": "run_campaigns",
    "pictures": "run_campaigns",
    "picture": "run_campaigns",
    "picture_remove": "run_campaigns",
    "ours": "see_own_campaigns",
    "ours_numbers": "see_own_campaigns",
    "ours_numbers_csv": "see_own_campaigns",
    "ours_numbers_state": "see_own_campaigns",
    "ours_numbers_state_csv": "see_own_campaigns",
    "ours_take": "take_own_optins",
    "ours_list": "take_own_optins",
    "ours_download": "take_own_optins",
    "ours_file": "take_own_optins",
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
    "office_limit": "manage_officials",
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
    "issue_times": "run_campaigns",
    "issue_strike": "run_campaigns",
    "drafts:issue": "run_campaigns",
    "heroes": "run_campaigns",
    "hero": "run_campaigns",
    "hero_read": "run_campaigns",
    "hero_about": "run_campaigns",
    "hero_times": "run_campaigns",
    "hero_strike": "run_campaigns",
    "drafts:hero": "run_campaigns",
    "publications": "run_campaigns",
    "publication_new": "run_campaigns",
    "publication": "run_campaigns",
    "publication_about": "run_campaigns",
    "publication_files": "run_campaigns",
    "publication_file_change": "run_campaigns",
    "publication_pdf": "run_campaigns",
    "publication_times": "run_campaigns",
    "publication_strike": "run_campaigns",
    "drafts:publication": "run_campaigns",
    "drafts:sign_on": "run_campaigns",
    "figures": "run_campaigns",
    "figure": "run_campaigns",
    "figure_new": "run_campaigns",
    "figure_remove": "run_campaigns",
    "campaign": "see_campaigns",
    "campaign_words": "run_campaigns",
    "campaign_settings": "run_campaigns",
    "campaign_safeguards": "change_safeguards",
    "campaign_asks": "run_campaigns",
    "campaign_numbers": "see_campaigns",
    "campaign_numbers_csv": "see_campaigns",
    "campaign_numbers_state": "see_campaigns",
    "campaign_numbers_state_csv": "see_campaigns",
    "issue_numbers": "see_campaigns",
    "issue_numbers_csv": "see_campaigns",
    "issue_numbers_state": "see_campaigns",
    "issue_numbers_state_csv": "see_campaigns",
    "campaign_deed": "run_campaigns",
    "campaign_preview": "run_campaigns",
    "preview_words": "run_campaigns",
    "preview_ask": "run_campaigns",
    "preview_letter": "run_campaigns",
    "preview_link_new": "run_campaigns",
    "preview_link_end": "run_campaigns",
    "campaign_bills": "run_campaigns",
    "bills": "run_campaigns",
    "bill_new": "run_campaigns",
    "bill": "run_campaigns",
    "bill_import": "run_campaigns",
    "bill_edit": "run_campaigns",
    "bill_remove": "run_campaigns",
    "bill_stage": "run_campaigns",
    "bill_strike": "run_campaigns",
    "bill_sponsors": "run_campaigns",
    "campaign_clone": "run_campaigns",
    "campaign_carry": "run_campaigns",
    "campaign_carried": "run_campaigns",
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
    "letter_versions": "run_campaigns",
    "letter_version": "run_campaigns",
    "letter_version_new": "run_campaigns",
    "letter_version_remove": "run_campaigns",
    "questions": "run_campaigns",
    "question": "run_campaigns",
    "question_new": "run_campaigns",
    "question_move": "run_campaigns",
    "question_remove": "run_campaigns",
    "answers": "see_supporters",
    "ask_preview": "run_campaigns",
    "ask_test": "run_campaigns",
    "drafts:page": "run_campaigns",
    "campaign_test": "run_campaigns",
}
HAS = {
    "partner": {"see_own_campaigns", "take_own_optins"},
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
    "story reviewer": {"review_stories"},
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
        "see_own_campaigns",
        "take_own_optins",
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
    "take_own_optins",
}
# Pages of one's own account: for everybody who is signed in, and nobody else.
SIGNED_IN = {
    "accounts:again",
    "accounts:account",
    "accounts:password",
    "accounts:end_others",
    "accounts:second_factor",
    "accounts:add_app",
    "accounts:add_passkey",
    "accounts:recovery_codes",
    "accounts:remove_factor",
}
# Who opens these is known to nobody, or by what stands in the address alone.
ANYBODY = {
    "accounts:login",
    "accounts:demo_login",
    "accounts:second_step",
    "accounts:logout",
    "accounts:invited",
    "accounts:new_password",
    "forgotten",
    "healthz",
    "readyz",
    "metrics",
    "health.json",
    "api:campaign-list",
    "api:campaign-detail",
    "campaigns:home",
    "campaigns:search",
    "campaigns:home_picture",
    "campaigns:issue_picture",
    "campaigns:bill_picture",
    "campaigns:state_picture",
    "campaigns:issue",
    "campaigns:bills",
    "campaigns:bill",
    "campaigns:states",
    "campaigns:state",
    "campaigns:state_feed",
    "campaigns:feed",
    "campaigns:issue_feed",
    "campaigns:publications",
    "campaigns:publication",
    "campaigns:publication_picture",
    "publication_file",
    "robots",
    "security_txt",
    "sitemap",
    "sitemap_page",
    "favicon",
    "icon",
    "manifest",
    "campaigns:impact",
    "campaigns:impact_feed",
    "campaigns:impact_embed",
    "campaigns:daily_totals",
    "campaigns:published_lines",
    "campaigns:brand_css",
    "campaigns:logo",
    "campaigns:partner_logo",
    "actions:act",
    "actions:thanks",
    "actions:seen",
    "actions:count",
    "picture_file",
    "actions:share_picture",
    "actions:preview",
    "actions:begin_here",
    "actions:proof",
    "actions:representatives",
    "actions:confirm",
    "actions:status",
    "actions:own_print",
    "actions:reminder",
    "actions:withdraw",
    "actions:not_me",
    "actions:sign_ons",
    "actions:sign_on",
    "actions:sign_on_confirm",
    "actions:sign_on_own",
    "actions:newsletter",
    "actions:newsletter_confirm",
    "actions:unsubscribe",
    "actions:updates_end",
    "actions:guardian",
    "actions:heroes",
    "actions:heroes_picture",
    "actions:hero",
    "actions:hero_nominate",
    "actions:hero_form",
    "actions:hero_confirm",
    "actions:hero_own",
    "actions:hero_withdraw",
    "actions:my_page",
    "actions:my_page_open",
    "actions:my_page_close",
    "actions:my_page_choices",
    "actions:my_page_data",
    "actions:my_page_looks",
    "actions:my_page_delete",
    "actions:my_page_details",
    "actions:my_page_mailbox",
    "actions:my_page_mailbox_prove",
    "actions:my_page_withdraw",
}
# Machines of others, which show a key of their own: tests/api/test_hooks.py.
WITH_A_KEY = {"hooks/mail/", "hooks/provider/<str:kind>/", "hooks/lob/"}
FILLED = {
    "number": 1,
    "slug": "no-such",
    "str": "en",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "1",
    "app_label": "accounts",
}


class Route(NamedTuple):
    """One address, filled with what nothing here is called."""

    name: str
    """As templates name it; of one without a name what stands in the list of addresses."""
    kwargs: dict
    path: str


def every_route(resolver=None, names=(), before=""):
    """Each address of the site, read from the list of addresses itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from every_route(entry, inner, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            kinds = entry.pattern.converters
            kwargs = {name: FILLED[kind_of(kind)] for name, kind in kinds.items()}
            # The interface for machines is listed by expressions, which have names but no kinds.
            groups = {} if kinds else entry.pattern.regex.groupindex
            kwargs |= {name: FILLED.get(name, FILLED["slug"]) for name in groups}
            if entry.name:
                name = ":".join([*names, entry.name])
                yield Route(name, kwargs, reverse(name, kwargs=kwargs))
            else:
                name = before + str(entry.pattern)
                filled = re.sub(r"<(\w+):\w+>", lambda found: str(FILLED[found[1]]), name)
                yield Route(name, kwargs, "/" + filled)


def kind_of(converter):
    return type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()


def short(name):
    """Of a page for people who work here."""
    return name.removeprefix("desk:")


EVERY = list(every_route())
ROUTES = {short(route.name): route.kwargs for route in EVERY if route.name.startswith("desk:")}
WORK = [route for route in EVERY if short(route.name) in RIGHT]
# Its sign-in page is the one door under another address.
DOORS = {"admin/login/", "admin:login", "admin:logout"}
ADMIN = [route for route in EVERY if route.name.startswith("admin") and route.name not in DOORS]


def test_every_address_says_who_may_open_it():
    said = {*RIGHT, *SIGNED_IN, *ANYBODY, *WITH_A_KEY}
    found = {short(route.name) for route in EVERY if route not in ADMIN} - DOORS

    assert found == said
    assert len(ADMIN) > 50
    assert len(RIGHT) + len(SIGNED_IN) + len(ANYBODY) + len(WITH_A_KEY) == len(said)


def test_a_stranger_is_asked_to_sign_in_wherever_people_work(client, db):
    closed = [*WORK, *ADMIN, *(route for route in EVERY if route.name in SIGNED_IN)]
    wrong = []
    for route in closed:
        for method in ("get", "post"):
            answer = getattr(client, method)(route.path)
            to = answer.headers.get("Location", "")
            asked = answer.status_code == 302 and re.match(r"/(admin/)?login/(\?next=|$)", to)
            if not asked and answer.status_code != 405:
                wrong.append((route.name, method, answer.status_code))

    assert wrong == []


def test_nobody_is_asked_who_they_are_on_public_pages(client, db):
    wrong = []
    for route in EVERY:
        if route.name in ANYBODY:
            answer = client.get(route.path)
            to = answer.headers.get("Location", "")
            # Signing out leads to where one signs in.
            is_door = route.name.startswith("accounts:")
            if answer.status_code in (401, 403, 500) or ("login" in to and not is_door):
                wrong.append((route.name, answer.status_code))

    assert wrong == []


def test_machines_without_their_key_are_refused(client, db):
    for route in EVERY:
        if route.name in WITH_A_KEY:
            assert client.get(route.path).status_code in (404, 405)
            assert client.post(route.path, {}).status_code in (403, 404), route.name


@pytest.mark.parametrize("role", sorted(HAS))
def test_each_role_opens_exactly_what_it_has_the_right_to(db, role):
    """And gives a second factor exactly where it has to."""
    user, wrong = build.user(role), []
    for route in WORK:
        rights = set(RIGHT[short(route.name)].split())
        expected = ["shut"]
        if rights <= HAS[role]:
            expected = ["asks", "open"] if rights & ASK_FOR_SECOND_FACTOR else ["open"]
        tried = {method: ways_in(user, method, route) for method in ("get", "post")}
        ways = [way for way in tried.values() if way != ["no such method"]]
        if not ways or any(way != expected for way in ways):
            wrong.append((route.name, tried, expected))

    assert wrong == []


def test_where_the_settings_say_so_every_page_asks_for_a_second_factor(db, settings):
    settings.SECOND_FACTOR_FOR_ALL = True
    user = build.user("organizer")
    opened = [route for route in WORK if set(RIGHT[short(route.name)].split()) <= HAS["organizer"]]

    assert len(opened) > 30
    for route in opened:
        ways = [ways_in(user, method, route) for method in ("get", "post")]
        assert ["asks", "open"] in ways, route.name
        assert ["open"] not in ways, route.name


def ways_in(user, method, route):
    """How the page itself answers this person, who has given no second factor and then one: "shut",
    "asks", "open" or "no such method". Called past the middleware, which tells who it is.
    """
    user.passed_second_factor = False
    found = [way_in(user, method, route)]
    if found == ["asks"]:
        user.passed_second_factor = True
        found.append(way_in(user, method, route))
    return found


def way_in(user, method, route):
    request = getattr(RequestFactory(), method)(route.path)
    request.user, request.session, request.client_ip = user, SessionStore(), "127.0.0.1"
    request.session["proved_at"] = 0
    request._messages = CookieStorage(request)
    request.resolver_match = match = resolve(route.path)
    try:
        answer = match.func(request, *match.args, **match.kwargs)
    except PermissionDenied:
        return "shut"
    except Http404:
        return "open"
    if answer.headers.get("Location", "").startswith("/account/second-factor/?next="):
        return "asks"
    assert answer.status_code < 500
    return "no such method" if answer.status_code == 405 else "open"


def test_the_desk_itself_opens_for_everybody_who_works_here(client, db):
    for role in HAS:
        client.force_login(build.user(role))
        assert client.get("/desk/").status_code == 200
        # And a page that is not theirs is shut in the whole house too.
        shut = [route for route in WORK if not set(RIGHT[short(route.name)].split()) <= HAS[role]]
        assert all(client.get(route.path).status_code in (403, 405) for route in shut[:1])


def test_the_raw_administration_is_shut_to_every_role(client, db):
    client.force_login(build.user(*HAS))
    wrong = [
        (route.name, method, answer.status_code)
        for route in ADMIN
        for method in ("get", "post")
        for answer in [getattr(client, method)(route.path)]
        if answer.status_code == 200
    ]

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
