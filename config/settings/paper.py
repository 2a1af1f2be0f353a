"""Letters on paper: who prints and mails them."""

from config.env import env, secret

# "print": by people here who print and mail them (docs/install.md, Paper),
# "lob": by Lob. Blank: no letter goes on paper.
PAPER_BY = env.str("PAPER_BY", default="")
LOB_KEY = secret("LOB_KEY", default="")
LOB_URL = env.str("LOB_URL", default="https://api.lob.com")
LOB_WEBHOOK_SECRET = secret("LOB_WEBHOOK_SECRET", default="")
# Lets Lob's address be this machine. For tests: a letter "mailed" there has reached nobody.
LOB_LOOPBACK = env.bool("LOB_LOOPBACK", default=False)
