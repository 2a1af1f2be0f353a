"""Mail leaves through a Postfix on the same machine, and what comes back finds its way in, as the
document has both. The world of that machine ends there: whoever else it writes to, nobody is.
"""

import re

from tests.installing.book import commands
from tests.installing.machine import ask_database, nothing_is_missing, say, wait_until

POSTFIX = r"""
export DEBIAN_FRONTEND=noninteractive
echo 'postfix postfix/main_mailer_type select Internet Site' | debconf-set-selections
apt-get install -y -q --no-install-recommends postfix >/dev/null
postconf -e 'myhostname = act.example.org' 'mydestination = localhost, mail.example.org' \
    'default_transport = lmtp:inet:127.0.0.1:8025' 'inet_interfaces = loopback-only'
cp -p /etc/take-action/env /root/env
echo smtp://127.0.0.1:25 >/etc/take-action/smtp_url
sed -i 's/^#SMTP_URL_FILE/SMTP_URL_FILE/' /etc/take-action/env
"""
REAL = "sed -i 's/^#DELIVERY_ENABLED/DELIVERY_ENABLED/' /etc/take-action/env;"
INSTALL = "cd /srv/take-action; bin/install-server;"
BACK = "mv /root/env /etc/take-action/env; systemctl disable --now postfix;"
CALLER = """python3 -c '
import smtplib
line = smtplib.SMTP("127.0.0.1", 25, timeout=60)
line.ehlo()
for to in "{to}".split():
    line.rset()
    line.mail("somebody@elsewhere.example")
    print(line.rcpt(to)[0])
'
"""
KNOCKED_AT = {
    "letters+abc@mail.example.org": "250",
    "complaints@bounce.mail.example.org": "250",
    "anybody@bounce.mail.example.org": "550",
    "b.made.up@bounce.mail.example.org": "550",
}
BOUNCED = """
SELECT count(*) > 0 FROM worker_return JOIN worker_delivery ON worker_delivery.id = delivery_id
WHERE kind = 'failed' AND source = 'listener' AND state = 'failed' AND NOT rehearsal
"""


def live_with_a_relay(machine):
    say("mail that leaves through Postfix, and what comes back of it")
    machine.tell(POSTFIX)
    machine.tell(commands("install.md", "With Postfix on the same machine"))
    answers = machine.tell(CALLER.format(to=" ".join(KNOCKED_AT))).split()
    assert answers == [*KNOCKED_AT.values()], answers
    machine.tell(INSTALL)
    said = machine.tell("take-action smtp_self_test --to you@example.org --send")
    assert "Sent. The relay said: 250" in said, said

    machine.tell(REAL + INSTALL)
    said = machine.tell("take-action tell_alarms --test")
    assert "1 mails are on their way" in said, said
    wait_until(lambda: ask_database(machine, BOUNCED) == "t", "a bounce of ours")
    said = machine.tell("journalctl -u 'postfix*' -o short-iso | take-action read_relay_log -")
    # The self-test's and the alarm's; a real alarm may have come meanwhile.
    assert int(re.search(r"(\d+) messages of ours", said)[1]) >= 2, said
    print(f"  refused over there, it came back to its letter; the log: {said.splitlines()[0]}")
    machine.tell(BACK + INSTALL)
    nothing_is_missing(machine)
