"""Communicating with Congress (CWC): the two chambers' own doors for letters."""

from config.env import env, secret
from config.settings.mail import MAIL_FROM

# Without address, key, agent and a way out a chamber is not
# configured: its seats need the supporter (docs/install.md, Congress). Keys never stand in
# evidence or logs.
CWC_HOUSE_URL = env.str("CWC_HOUSE_URL", default="")
CWC_HOUSE_KEY = secret("CWC_HOUSE_KEY", default="")
CWC_HOUSE_AGENT = env.str("CWC_HOUSE_AGENT", default="")
CWC_SENATE_URL = env.str("CWC_SENATE_URL", default="")
CWC_SENATE_KEY = secret("CWC_SENATE_KEY", default="")
CWC_SENATE_AGENT = env.str("CWC_SENATE_AGENT", default=CWC_HOUSE_AGENT)

# Who the chambers may turn to; acknowledgements go to CWC_ACK_EMAIL.
CWC_ACK_EMAIL = env.str("CWC_ACK_EMAIL", default=MAIL_FROM)
CWC_CONTACT_NAME = env.str("CWC_CONTACT_NAME", default="")
CWC_CONTACT_EMAIL = env.str("CWC_CONTACT_EMAIL", default=CWC_ACK_EMAIL)
CWC_CONTACT_PHONE = env.str("CWC_CONTACT_PHONE", default="")

# The chambers take messages only from addresses they know: through a proxy that has one, or
# directly because this machine has.
CWC_PROXY_URL = env.str("CWC_PROXY_URL", default="")
CWC_DIRECT = env.bool("CWC_DIRECT", default=False)
# The addresses above are the chambers' test machines: no letter goes there, `manage.py
# cwc_self_test` does.
CWC_TESTING = env.bool("CWC_TESTING", default=False)

# Eastern time, when the chambers mend their machines.
CWC_HOUSE_CLOSED = env.list("CWC_HOUSE_CLOSED", default=["daily 00-06"])
CWC_SENATE_CLOSED = env.list("CWC_SENATE_CLOSED", default=["sun 00-06", "wed 05-07"])
CWC_PER_SECOND = env.float("CWC_PER_SECOND", default=5)
# Only the Senate is known to answer 409 to a DeliveryId that it has. Without that a doubtful letter
# waits for a person.
CWC_HOUSE_KNOWS_REPEATS = env.bool("CWC_HOUSE_KNOWS_REPEATS", default=False)
CWC_SENATE_KNOWS_REPEATS = env.bool("CWC_SENATE_KNOWS_REPEATS", default=True)
# Lets a chamber's address be this machine. For tests: a letter "accepted" there has reached nobody.
CWC_LOOPBACK = env.bool("CWC_LOOPBACK", default=False)
