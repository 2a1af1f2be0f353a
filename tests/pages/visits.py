"""The walks through everything that a supporter may see: each moves the page on and yields the
name of what is now to be looked at. `prefix` is the language's: "" or "/es".
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client, RequestFactory

from actions.models import Action, Hero, Signatory, Submission
from actions.my_page import keys
from actions.screening import rates
from campaigns.models import Ask, Bill, Campaign
from legislators.samples import SAMPLES
from supporters import links, newsletter
from supporters.models import Supporter
from tests.clock import signing_at

WHOLE, SPLIT, _ = SAMPLES


def everything(page, prefix):
    yield from only_read(page, prefix)
    yield from an_organization(page, prefix)
    yield from a_letter(page, prefix)
    yield from its_private_pages(page, prefix)
    yield from other_ways(page, prefix)
    yield from representatives(page, prefix)
    yield from a_newsletter(page, prefix)
    yield from my_page(page, prefix)
    yield from refusals(page, prefix)


def arrive(page, path):
    """Wait until the page's own path is this one: `?next=` names it too, on the way there."""
    page.wait_for_url(lambda url: re.fullmatch(path, urlsplit(url).path))


# To two chambers of Franklin, whose districts cut a ZIP code in two.
LETTERS = "tell-it-once"


def ask(kind, state="live", **which):
    return (
        Ask.objects.filter(kind=kind, campaign__state=state, **which)
        .select_related("campaign")
        .order_by("campaign__slug", "position")
        .last()
    )


def page_of(ask):
    return f"/act/{ask.campaign.slug}/{ask.position}/"


def begin(page, path):
    """At the first step: who opens the page that is open already comes back to the step they left."""
    page.goto("about:blank")
    page.goto(path)


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


def open_details(page):
    for details in page.locator("main details summary").all():
        details.click()


def only_read(page, prefix):
    for path in (
        "/",
        f"/issues/{ask('letter').campaign.issue.slug}/",
        "/news/",
        "/news/the-first-interview/",
        "/heroes/",
        f"/heroes/{Hero.objects.get(given_name='Marguerite').slug}/",
        "/heroes/nominate/",
        "/sign-on/",
        "/sign-on/breakfast-for-everybody/",
        "/impact/",
        "/embed/impact/",
        "/counts/",
        "/bills/",
        f"/bills/{Bill.objects.filter(sponsors__isnull=False).first().pk}/",
        "/states/",
        "/states/fk/",
        "/search/?q=playground",
        "/search/?q=nothingatall",
        "/nothing/here/",
    ):
        page.goto(prefix + path)
        yield path
    for state in ("won", "closed"):
        if ended := Campaign.objects.filter(state=state).first():
            page.goto(f"{prefix}/act/{ended.slug}/")
            yield state


def an_organization(page, prefix):
    page.goto(f"{prefix}/sign-on/one-trained-person/")
    yield "a letter to sign"
    page.locator(".sign-on-form button[type=submit]").click()
    page.locator("[data-errors]").wait_for()
    yield "a letter to sign, with errors"
    row = Signatory.objects.filter(state="waiting").first()
    for purpose, place in (("sign-on", "confirm"), ("sign-on-own", "withdraw")):
        page.goto(f"{prefix}/sign-on/{place}/{links.make(purpose, row.public_id)}/")
        yield f"a signature: {place}"


def a_letter(page, prefix, home=WHOLE, campaign=LETTERS):
    page.goto(prefix + page_of(ask("letter", campaign__slug=campaign)))
    yield "address"
    press(page, "address", then="[data-errors]")
    yield "address with errors"
    live_at(page, home)
    press(page, "address", then="[data-stage=write]")
    open_details(page)
    yield "write"
    press(page, "write", then="[data-errors]")
    yield "write with errors"
    fill(
        page,
        own_words="My son plays there.",
        given_name="Nora",
        family_name="Álvarez",
        email=f"nora{prefix[1:]}@gmial.com",
    )
    press(page, "read", then="#letters")
    open_details(page)
    yield "finished letters"
    fill(page, own_words="Ya no quiero vivir. My son plays there.")
    press(page, "write", then="#help-heading")
    yield "help lines"
    page.locator(".help-lines button").click()
    page.locator("#one-step-left").wait_for()
    yield "one step left, with a question"
    page.locator("input[name=email]").fill(f"nora{prefix[1:]}@example.org")
    press(page, "write", then="h1:has-text('@example.org')")
    yield "one step left"


def its_private_pages(page, prefix):
    submission = Submission.objects.get(entry__email=f"nora{prefix[1:]}@example.org")

    def path(purpose, place=None, of=submission):
        return f"{prefix}/{place or purpose}/{links.make(purpose, of.public_id)}/"

    with signing_at(-links.LASTS["confirm"].total_seconds() - 60):
        stale = path("confirm")
    for name, opened in [("stale link", stale), ("confirm", path("confirm"))]:
        page.goto(opened)
        yield name
        press_only(page)
        yield f"{name}, pressed"
    action = Action.objects.get(submissions=submission)
    Submission.objects.filter(pk=submission.pk).update(state="refused", action=None, refusals=1)
    Action.objects.filter(pk=action.pk).update(state="withdrawn")
    page.goto(path("confirm"))
    yield "refused"
    Action.objects.filter(pk=action.pk).update(state="confirmed")
    Submission.objects.filter(pk=submission.pk).update(state="confirmed", action=action)
    page.goto(path("status", "letters", of=action))
    open_details(page)
    yield "status"
    for purpose, of in (("withdraw", action), ("not-me", submission)):
        page.goto(path(purpose, of=of))
        yield purpose
        press_only(page)
        yield f"{purpose}, pressed"


def other_ways(page, prefix):
    letter, call, petition = ask("letter", campaign__slug=LETTERS), ask("call"), ask("petition")
    begin(page, prefix + page_of(letter))
    fill(page, zip=SPLIT.zip, age="34")
    press(page, "address", then="[data-stage=choose]")
    yield "choose"
    press(page, "choose", then="[data-errors]")
    yield "choose with errors"
    begin(page, prefix + page_of(letter))
    fill(page, zip="20716", age="34")
    press(page, "address", then="[data-stage=elsewhere]")
    yield "elsewhere"
    begin(page, prefix + page_of(call))
    live_at(page, WHOLE)
    press(page, "address", then="[data-stage=write]")
    yield "call"
    press(page, "write", then="[data-errors]")
    yield "call with errors"
    begin(page, prefix + page_of(letter))
    fill(page, zip=SPLIT.zip, age="34")
    press(page, "address", then="[data-stage=choose]")
    for not_sure in page.locator("input[value=not-sure]").all():
        not_sure.check()
    press(page, "choose", then="[data-stage=nobody]")
    yield "nobody"
    begin(page, prefix + page_of(petition))
    page.locator("[data-stage=together]").wait_for()
    yield "petition"
    fill(page, zip=WHOLE.zip, age="34")
    press(page, "write", then="[data-errors]")
    yield "sign"
    assert page.context.cookies() == []
    begin(page, prefix + page_of(petition))
    page.locator("[data-stage=together]").wait_for()
    fill(page, zip=WHOLE.zip, age="9")
    press(page, "write", then="[data-stage=child]")
    yield "child"
    press(page, "voice", then=".narrow > h1 + .lead")
    yield "thanks for a voice"
    page.context.clear_cookies()
    begin(page, prefix + page_of(letter))
    live_at(page, WHOLE)
    press(page, "address", then="[data-stage=write]")
    fill(
        page, own_words="Too late.", given_name="Nora", family_name="Late", email="late@example.org"
    )
    Campaign.objects.filter(pk=letter.campaign_id).update(state="paused")
    press(page, "write", then="#kept-text")
    yield "paused, with the words given back"
    begin(page, prefix + page_of(letter))
    yield "paused"
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
    open_details(page)
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
    submission = Submission.objects.filter(state="waiting").latest("pk")
    link = f"{prefix}/confirm/{links.make('confirm', submission.public_id)}/"
    page.goto(link)
    use_up("link", lambda: page.request.post(link))
    press_only(page)
    yield "429"
    letter = prefix + page_of(ask("letter", campaign__slug=LETTERS))
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
    """Post until the limit bites: what comes before is counted without drawing a page each time.

    A minute may end on the way and the count begin anew: then it takes more than the limit.
    """
    request = RequestFactory().post("/")
    request.client_ip = "127.0.0.1"
    limit = int(rates.RATES[what].split("/")[0])
    for _ in range(limit):
        rates.seconds_to_wait(request, what)
    assert any(post().status == 429 for _ in range(limit + 1))


def come_in(page, user):
    """Signed in, with all there is to prove, without going by the page."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": settings.SITE_URL}]
    )


def sign_in(page, email, password):
    fill(page, username=email, password=password)
    page.locator("main form", has=page.locator("[name=username]")).get_by_role(
        "button"
    ).first.click()


def my_page(page, prefix):
    """The one walk whose pages have a cookie, and only they."""
    page.goto(f"{prefix}/me/")
    open_details(page)
    yield "my page, asked for"
    page.goto(f"{prefix}/me/open/{keys.make(Action.objects.counted().last().supporter)}/")
    yield "link to my page"
    page.locator("main form button").click()
    arrive(page, f"{prefix}/me/")
    yield "my page"
    page.goto(f"{prefix}/me/details/")
    page.locator("[name=given_name]").fill("")
    page.locator(".form button").click()
    page.locator("[data-errors]").wait_for()
    yield "my page, details with errors"
    for part in ("choices", "data", "delete"):
        page.goto(f"{prefix}/me/{part}/")
        yield f"my page, {part}"
    assert {cookie["path"] for cookie in page.context.cookies()} == {"/me/", "/es/me/"}
