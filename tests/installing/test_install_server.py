"""bin/install-server looks before it acts, names nothing twice and starts all that is shipped.

Whether it makes a site of a bare machine is bin/prove-install's to say.
"""

import re
import stat

import pytest
from django.conf import settings

from installing import door, program, site, steps
from tests.installing import small
from worker import together

SHIPPED = settings.BASE_DIR / "docs/deploy"
BY_TIMER = {
    f"take-action-{name}.service" for name in ("backup", "alarms", "archive-base", "archive-off")
}
HERE = site.Site(host="write.example.com", mail_domain="mail.example.com", time_zone="UTC")


def test_a_step_acts_only_where_something_is_missing_and_stops_where_that_did_not_help(capsys):
    state, acted = {"a": "", "b": "there is none", "c": "broken"}, []

    def step(name, mended):
        def mend():
            acted.append(name)
            state[name] = mended

        return steps.Step(name, lambda: state[name], mend)

    these = [step("a", ""), step("b", ""), step("c", "broken")]

    assert not steps.look(these)
    assert acted == []
    with pytest.raises(steps.Stopped, match="c: still broken"):
        steps.follow(these)
    assert acted == ["b", "c"]
    assert "missing  c: broken" in capsys.readouterr().out


def test_settings_and_nginx_know_this_host_and_keep_no_example_of_ours(tmp_path, monkeypatch):
    env = program.environment(HERE, (SHIPPED / "take-action.env").read_text())
    nginx = door.nginx_site(HERE, (SHIPPED / "nginx.conf").read_text())
    monkeypatch.setattr(site, "ENV", tmp_path / "env")
    steps.put(site.ENV, env, mode=0o640)

    assert stat.S_IMODE(site.ENV.stat().st_mode) == 0o640
    assert site.find_out(None) == HERE
    assert "example.org" not in env + nginx
    with pytest.raises(steps.Stopped, match="SITE_URL"):
        site.find_out("other.example.com")


def test_every_shipped_program_is_started_again_by_an_upgrade(monkeypatch):
    units = {path.name for path in (SHIPPED / "systemd").glob("take-action-*.*") if path.is_file()}
    monkeypatch.setattr(program, "succeeds", lambda *command: False)
    apart = program.started()
    monkeypatch.setattr(program, "succeeds", lambda *command: True)

    assert units - BY_TIMER - {program.TOGETHER} == {
        re.sub(r"@\w+\.", "@.", name) for name in apart
    }
    assert {queue.name for queue in settings.CELERY_TASK_QUEUES} == set(program.QUEUES)
    # On a small machine one unit takes the place of all but the web server, and of each of them.
    unit = (SHIPPED / "systemd" / program.TOGETHER).read_text()
    replaced = set(re.findall(r"take-action-\S+\.service", unit)) - {program.TOGETHER}
    assert replaced == set(apart) - set(program.started())
    assert set(together.programs("/var")) == {
        re.sub(r"take-action-(worker@)?|\.service", "", name) for name in replaced
    }
    assert set(small.NAMES) == set(together.programs("/var"))


def test_a_unit_belongs_to_the_target_and_leaves_its_sandbox_to_the_common_file():
    common = (SHIPPED / "systemd/take-action-.service.d/common.conf").read_text()
    shared = set(re.findall(r"^(\w+)=", common, re.MULTILINE))

    for path in (SHIPPED / "systemd").glob("take-action-*.*"):
        if path.is_file() and path.name not in BY_TIMER:
            unit = path.read_text()
            assert "PartOf=take-action.target" in unit, path.name
            assert "take-action.target" in unit.partition("[Install]")[2], path.name
            assert not shared & set(re.findall(r"^(\w+)=", unit, re.MULTILINE)), path.name
