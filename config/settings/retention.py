"""How long what people wrote is kept, in days."""

from config.env import env

# What was typed, while its mailbox does not answer: a young person's, anybody's; and what was
# quarantined.
YOUNG_UNCONFIRMED_KEPT_DAYS = env.int("YOUNG_UNCONFIRMED_KEPT_DAYS", default=7)
UNCONFIRMED_KEPT_DAYS = env.int("UNCONFIRMED_KEPT_DAYS", default=14)
QUARANTINED_KEPT_DAYS = env.int("QUARANTINED_KEPT_DAYS", default=60)

# The text of a settled letter, and practice mail; evidence stays. 0: for ever.
MESSAGES_KEPT_DAYS = env.int("MESSAGES_KEPT_DAYS", default=30)
