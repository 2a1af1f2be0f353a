"""The demonstration comes whole or not at all, and only where nobody has begun."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from actions.models import Action, Call, Letter
from campaigns.models import (
    Campaign,
)
from demo import colleagues, loading, removing
from legislators.models import (
    Jurisdiction,
    Seat,
)
from supporters.models import Consent, Supporter
from tests import build
from worker.models import Delivery


def test_loading_twice_is_loading_once(demo):
    before = {
        model: model.objects.count()
        for model in (Supporter, Action, Delivery, Campaign, User, Seat)
    }
    assert all(before.values())

    assert not loading.load()
    assert {model: model.objects.count() for model in before} == before


def test_it_is_the_same_demonstration_each_time(demo):
    def picture():
        actions = Action.objects.order_by("public_id").values_list(
            "public_id", "state", "supporter__email", "ask__campaign__slug"
        )
        return list(actions), Letter.objects.count(), Call.objects.count(), Consent.objects.count()

    first = picture()
    removing.remove()
    loading.load()
    assert picture() == first


def test_it_stays_out_of_an_installation_in_use(demo):
    removing.remove()
    build.campaign()
    with pytest.raises(CommandError, match="stays out"):
        call_command("load_demo")
    assert not Jurisdiction.objects.filter(code="FK").exists()


def test_it_offers_itself_to_a_new_installation_only(demo):
    assert not loading.is_wanted()
    removing.remove()
    assert not loading.is_wanted()


def test_each_role_has_an_account_and_one_password_opens_them(demo, capsys):
    assert {
        role for user in User.objects.all() for role in user.groups.values_list("name", flat=True)
    } == {
        "administrator",
        "organizer",
        "staff",
        "exporter",
        "partner",
        "read-only",
        "story reviewer",
    }
    assert all(
        user.is_demo and user.check_password(colleagues.PASSWORD) for user in User.objects.all()
    )
    call_command("demo_logins")
    printed = capsys.readouterr().out
    assert all(user.email in printed for user in User.objects.all())
    assert colleagues.PASSWORD in printed


def test_logins_are_not_printed_once_delivery_is_on(demo, settings):
    settings.DELIVERY_ENABLED = True
    with pytest.raises(CommandError):
        call_command("demo_logins")
