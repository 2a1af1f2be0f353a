"""Who is told that something is wrong, besides administrators by mail."""

from config.env import env, secret

# Told of each alarm: an address that takes a POST, and a command that gets the same on its standard
# input (worker.channels.alarm_hook).
ALARM_HOOK_URL = secret("ALARM_HOOK_URL", default="")
ALARM_HOOK_COMMAND = env.str("ALARM_HOOK_COMMAND", default="")
# Mailed while even the database is away, which knows the administrators.
ALARM_MAIL_TO = env.list("ALARM_MAIL_TO", default=[])

# From which addresses of the Internet our mail comes to offices: they are looked up in these lists.
MAIL_SENDS_FROM = env.list("MAIL_SENDS_FROM", default=[])
BLOCKLISTS = env.list("BLOCKLISTS", default=["zen.spamhaus.org"])
