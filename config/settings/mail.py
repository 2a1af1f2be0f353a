"""Mail: whether anything leaves at all, by whom, from which addresses and how fast."""

import json

from config.env import env, secret

# Off, everything goes to the catcher on this machine and nothing leaves the building.
DELIVERY_ENABLED = env.bool("DELIVERY_ENABLED", default=False)
CATCHER_URL = env.str("CATCHER_URL", default="smtp://127.0.0.1:1025")

# How real mail leaves: through a relay, or a provider that django-anymail knows (postmark, mailgun,
# ...) and what it wants set, as JSON.
SMTP_URL = secret("SMTP_URL", default="")
MAIL_PROVIDER = env.str("MAIL_PROVIDER", default="")
ANYMAIL = json.loads(secret("MAIL_PROVIDER_OPTIONS", default="") or "{}")

# What stands in the From of letters, and of our own mail to supporters.
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="localhost.localdomain")
LETTER_FROM = env.str("LETTER_FROM", default=f"letters@{MAIL_DOMAIN}")
MAIL_FROM = env.str("MAIL_FROM", default=f"hello@{MAIL_DOMAIN}")

# Return addresses (MAIL FROM) lie here, one for each message: what comes back is taken in by
# `manage.py take_returns` or the hook.
BOUNCE_DOMAIN = env.str("BOUNCE_DOMAIN", default=f"bounce.{MAIL_DOMAIN}")
RETURNS_LISTEN = env.str("RETURNS_LISTEN", default="127.0.0.1:8025")
RETURNS_HOOK_SECRET = secret("RETURNS_HOOK_SECRET", default="")

# How fast real letters leave, by kind of lane: letters a minute / letters at once. "letters" is
# each mail host of offices, "cwc" each chamber of Congress; what is not named, as supporters' own
# mail, goes as fast as it can.
LANE_PACE = env.dict(
    "LANE_PACE",
    default={"letters": "60/50", "cwc": "300/50", "updates": "600/100", "alerts": "600/100"},
)

# Real letters to one office by e-mail, an hour; a crowd's are spread over its working hours. 0: all
# at once.
OFFICE_PER_HOUR = env.int("OFFICE_PER_HOUR", default=60)

# Who looks once more at letters that are about to leave, as the path of a function
# (worker.engine.final_check). Blank: nobody.
REVIEW_BEFORE_SENDING = "actions.followup.recheck.review"

# Django's own mailer is off: whatever leaves goes through worker.outbox, with evidence.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
