"""Every page and stage of the demonstration, in both languages, on a phone: axe finds nothing,
nothing scrolls sideways, each weighs less than 60 kB before pictures, none sets a cookie on a
supporter; and every page of the console.
"""

import gzip
import time
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from actions.models import Action
from actions.pages.abuse import RATES
from campaigns.models import Ask, Campaign
from demo import colleagues, loading
from legislators.addresses import Address
from legislators.samples import SAMPLES
from supporters import links, newsletter
from supporters.models import Supporter
from tests.journeys.franklin import letter_campaign
from tests.journeys.person import PHONE

WEIGHT = 60_000
WEIGHED = {"document", "stylesheet", "script", "font"}
NARROW = {"width": 320, "height": 640}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
WHOLE, SPLIT, _ = SAMPLES
LANGUAGES = {"English": "", "Spanish": "/es"}


class Inspector:
    """Looks at the page as it stands and writes down what is wrong with it."""

    def __init__(self, page, *, weighs=True):
        self.page, self.weighs = page, weighs
        self.found, self.loaded, self.sizes = [], {}, {}
        page.on("response", self.note)

    def note(self, response):
        kind = response.request.resource_type
        if kind == "document":
            self.loaded = {}
        if kind in WEIGHED:
            self.loaded[response.url] = response

    def look(self, name, *, colours=True):
        page = self.page
        problems = [
            f"{flaw['id']}: {node['html'][:140]}"
            for flaw in self.axe(colours)
            for node in flaw["nodes"]
        ]
        page.set_viewport_size(NARROW)
        if page.evaluate(SIDEWAYS):
            problems.append("scrolls sideways at 320 px")
        page.set_viewport_size(PHONE)
        if self.weighs and (weight := sum(map(self.weigh, self.loaded.values()))) >= WEIGHT:
            problems.append(f"weighs {weight} bytes")
        self.found += [f"{name} ({urlsplit(page.url).path}): {problem}" for problem in problems]

    def axe(self, colours):
        rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": colours}}
        options = {"resultTypes": ["violations"], "rules": rules}
        return Axe().run(self.page, options=options).response["violations"]

    def weigh(self, response):
        """As it travels: fonts are compressed already."""
        if response.url not in self.sizes or response.request.resource_type == "document":
            content = response.body()
            self.sizes[response.url] = (
                len(content) if response.url.endswith(".woff2") else len(gzip.compress(content))
            )
        return self.sizes[response.url]


@pytest.fixture
def demonstration(site):
    loading.load()


def test_every_page_and_stage_that_a_supporter_may_see(demonstration, new_page):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    inspector = Inspector(page)
    for visit in (
        only_read,
        a_letter,
        its_private_pages,
        other_ways,
        representatives,
        a_newsletter,
        refusals,
    ):
        for language, prefix in LANGUAGES.items():
            for name in visit(page, prefix):
                # Colours are the same in every language, and the slowest thing to check.
                inspector.look(f"{name}, {language}", colours=language == "English")
    assert not inspector.found, "\n".join(inspector.found)


def ask(kind, state="live"):
    return (
        Ask.objects.filter(kind=kind, campaign__state=state)
        .select_related("campaign")
        .order_by("campaign__slug", "position")
        .last()
    )


def page_of(ask):
    return f"/act/{ask.campaign.slug}/{ask.position}/"


def fill(page, **typed):
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)


def live_at(page, home):
    fill(page, street=home.street, city=home.city, zip=home.zip, age="34")


def press(page, step, then):
    page.locator(f"button[name=step][value={step}]:not([aria-hidden])").click()
    page.locator(then).wait_for()


def press_only(page):
    """The one button of a quiet page."""
    before = page.locator("h1").inner_text()
    page.locator("main form button").click()
    page.locator("h1").filter(has_not_text=before).wait_for()


def only_read(page, prefix):
    for path in ("/", f"/issues/{ask('letter').campaign.issue.slug}/", "/nothing/here/"):
        page.goto(prefix + path)
        yield path
    for state in ("won", "closed"):
        if ended := Campaign.objects.filter(state=state).first():
            page.goto(f"{prefix}/act/{ended.slug}/")
            yield state


def a_letter(page, prefix, home=WHOLE):
    page.goto(prefix + page_of(ask("letter")))
    yield "address"
    press(page, "address", then="[data-errors]")
    yield "address with errors"
    live_at(page, home)
    press(page, "address", then="[data-stage=write]")
    yield "write"
    press(page, "write", then="[data-errors]")
    yield "write with errors"
    fill(
        page,
        own_words="My son plays there.",
        given_name="Nora",
        family_name="Álvarez",
        email=f"nora{prefix[1:]}@example.org",
    )
    press(page, "write", then=".thanks")
    yield "thanks"


def its_private_pages(page, prefix):
    action = Action.objects.get(supporter__email=f"nora{prefix[1:]}@example.org")

    def path(purpose, place=None):
        return f"{prefix}/{place or purpose}/{links.make(purpose, action.public_id)}/"

    with patch("time.time", return_value=time.time() - links.LASTS["confirm"].total_seconds() - 60):
        stale = path("confirm")
    for name, opened in [("stale link", stale), ("confirm", path("confirm"))]:
        page.goto(opened)
        yield name
        press_only(page)
        yield f"{name}, pressed"
    page.goto(path("status", "letters"))
    for details in page.locator("main details summary").all():
        details.click()
    yield "status"
    for purpose in ("withdraw", "not-me"):
        page.goto(path(purpose))
        yield purpose
        press_only(page)
        yield f"{purpose}, pressed"


def other_ways(page, prefix):
    letter, call, petition = ask("letter"), ask("call"), ask("petition")
    page.goto(prefix + page_of(letter))
    fill(page, zip=SPLIT.zip, age="34")
    press(page, "address", then="[data-stage=choose]")
    yield "choose"
    press(page, "choose", then="[data-errors]")
    yield "choose with errors"
    page.goto(prefix + page_of(letter))
    fill(page, zip="20716", age="34")
    press(page, "address", then="[data-stage=elsewhere]")
    yield "elsewhere"
    page.goto(prefix + page_of(call))
    live_at(page, WHOLE)
    press(page, "address", then="[data-stage=write]")
    yield "call"
    press(page, "write", then="[data-errors]")
    yield "call with errors"
    page.goto(prefix + page_of(petition))
    yield "petition"
    fill(page, zip=WHOLE.zip, age="34")
    press(page, "address", then="[data-stage=write]")
    yield "sign"
    assert page.context.cookies() == []
    page.goto(prefix + page_of(petition))
    fill(page, zip=WHOLE.zip, age="9")
    press(page, "address", then="[data-stage=child]")
    yield "child"
    press(page, "voice", then=".thanks")
    yield "thanks for a voice"
    page.context.clear_cookies()
    page.goto(prefix + page_of(letter))
    live_at(page, WHOLE)
    press(page, "address", then="[data-stage=write]")
    fill(
        page, own_words="Too late.", given_name="Nora", family_name="Late", email="late@example.org"
    )
    Campaign.objects.filter(pk=letter.campaign_id).update(state="paused")
    press(page, "write", then="#kept-text")
    yield "paused, with the words given back"
    Campaign.objects.filter(pk=letter.campaign_id).update(state="live")


def representatives(page, prefix):
    page.goto(f"{prefix}/representatives/")
    yield "representatives"
    page.locator("[name=step][value=address]").click()
    page.locator("[data-errors]").wait_for()
    yield "representatives with errors"
    fill(page, zip=SPLIT.zip)
    page.locator("[name=step][value=address]").click()
    page.locator("#choose-heading").wait_for()
    yield "representatives with a choice"
    page.locator("[name=step][value=choose]").click()
    page.locator("[data-errors]").wait_for()
    yield "representatives with a choice not made"
    page.goto(f"{prefix}/representatives/?sample=1")
    page.locator("[name=step][value=address]").click()
    page.locator(".people").first.wait_for()
    for details in page.locator("main details summary").all():
        details.click()
    yield "representatives found"
    page.locator("[name=step][value=begin]").first.click()
    page.locator("[data-stage=address]").wait_for()
    yield "address that came along"


def a_newsletter(page, prefix):
    page.goto(f"{prefix}/newsletter/")
    yield "newsletter"
    page.locator("main form button").click()
    page.locator("[data-errors]").wait_for()
    yield "newsletter with errors"
    email = f"new{prefix[1:]}@example.org"
    fill(page, email=email, age="34")
    press_only(page)
    yield "newsletter, sent"
    joining = Supporter.objects.get(email=email)
    for name, path in [
        ("newsletter, confirm", f"/newsletter/{links.make('newsletter', joining.public_id)}/"),
        ("unsubscribe", urlsplit(newsletter.unsubscribe_url(joining)).path),
    ]:
        page.goto(prefix + path)
        yield name
        press_only(page)
        yield f"{name}, pressed"


def refusals(page, prefix):
    page.goto("/login/")
    yield "login"
    sign_in(page, "nobody@example.org", "wrong wrong wrong")
    page.locator("[data-errors]").wait_for()
    yield "login with errors"
    action = Action.objects.latest("pk")
    link = f"{prefix}/confirm/{links.make('confirm', action.public_id)}/"
    page.goto(link)
    use_up("link", lambda: page.request.post(link))
    press_only(page)
    yield "429"
    letter = prefix + page_of(ask("letter"))
    for _ in range(3):
        page.goto(letter)
        use_up("lookup", lambda: page.request.post(letter, form={"step": "address"}))
        fill(page, zip=WHOLE.zip, age="34")
        press(page, "address", then="[data-errors], [data-stage=write]")
        # On a slow machine the minute may have ended between the last post and the button.
        if page.locator("[data-errors]").is_visible():
            break
    assert page.locator("[data-errors]").is_visible()
    yield "429 in the step"


def use_up(what, post):
    """Post until the limit bites.

    A minute may end on the way and the count begin anew: then it takes more than the limit.
    """
    limit = int(RATES[what].split("/")[0])
    assert any(post().status == 429 for _ in range(2 * limit + 1))


def test_every_page_of_the_console(demonstration, new_page):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    inspector = Inspector(page, weighs=False)
    page.goto("/login/?next=/desk/")
    sign_in(page, f"administrator@{colleagues.DOMAIN}", colleagues.PASSWORD)
    page.wait_for_url("**/desk/")

    for view in every_view(page, "/desk/"):
        inspector.look(view)
    assert not inspector.found, "\n".join(inspector.found)


def sign_in(page, email, password):
    fill(page, username=email, password=password)
    page.locator("main form", has=page.locator("[name=username]")).get_by_role(
        "button"
    ).first.click()


def test_the_focus_can_be_seen_wherever_the_keyboard_takes_it(site, new_page):
    page = new_page(viewport=PHONE)
    letter_campaign()
    for name in a_letter(page, "", home=Address("1 Elm St", "Polk", "FK", "00001")):
        page.locator(".skip").focus()
        reached = list(iter(lambda: next_focus(page), None))
        assert len(reached) > 5, name
        assert [shown for shown in reached if not shown["ring"]] == [], name


def next_focus(page):
    """Press Tab; what has the focus then, and whether a ring is drawn round it.

    None after the page's last.
    """
    page.keyboard.press("Tab")
    return page.evaluate("""() => {
        const here = document.activeElement, style = getComputedStyle(here)
        if (here === document.body) return null
        return { html: here.outerHTML.slice(0, 120), ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 }
    }""")


def every_view(page, start):
    """Follow the console's links, to one page of each kind."""
    waiting, seen = [start], set()
    while waiting:
        path = waiting.pop(0)
        view = resolve(path).view_name
        if view in seen:
            continue
        seen.add(view)
        page.goto(path)
        yield view
        hrefs = page.eval_on_selector_all(
            "a[href]", "links => links.map(link => new URL(link.href)).map(url => url.pathname)"
        )
        waiting += [
            path
            for path in hrefs
            if path.startswith(("/desk/", "/outbox/")) and "download" not in path
        ]
    assert len(seen) > 15
