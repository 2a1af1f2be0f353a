"""Where the site lives: its folders and addresses, the proxies before it, and who may watch it."""

from pathlib import Path
from urllib.parse import urlsplit

from config.env import env, secret

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", default=False)

# Where people find us. Other Host headers are refused; forwarding headers are believed from these
# proxies only (networks such as 10.0.0.0/8, and "unix" for a socket), see config.middleware.
SITE_URL = env.str("SITE_URL").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname])
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
HTTPS = SITE_URL.startswith("https://")

# Who may read /metrics and /health.json: whoever has the token, and callers from these networks.
# Neither: there are no such pages.
METRICS_TOKEN = secret("METRICS_TOKEN", default="")
METRICS_FROM = env.list("METRICS_FROM", default=[])
