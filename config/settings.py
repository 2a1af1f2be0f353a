"""One settings file for laptop, tests and production: only the environment differs."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from kombu import Exchange, Queue

from config.env import env, secret
from config.sources import DATA_SOURCES as DATA_SOURCES

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# Secrets. Nothing here has a default: a missing one stops the start.
SECRET_KEY = secret("SECRET_KEY")
# Keys supporters and addresses (HMAC). Apart from SECRET_KEY so that sessions can be ended without
# orphaning supporters.
HASH_KEY = secret("HASH_KEY")

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

INSTALLED_APPS = [
    "config",
    "accounts",
    "legislators",
    "campaigns",
    "supporters",
    "worker",
    "actions",
    "desk",
    "demo",
    "api",
    "rest_framework",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.client_address",  # first: the scheme decides the redirect to https
    "config.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.body_limit",
    "config.middleware.utf8_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.language_of_the_address",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.away.WhenTheDatabaseIsAway",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "campaigns.brand.frame",
            ]
        },
    }
]
# Our own templates/django/forms/ draw every field.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db_url_config(secret("DATABASE_URL"))}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # IMMEDIATE: with SQLite's deferred transactions more than half of the concurrent writes failed
    # with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
else:
    # Nobody waits longer for a database that is away: they are told so (config.away).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a restarted database costs nobody an error page
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:home"
# Sessions end after 12 hours, or 30 minutes without a page (accounts.middleware).
SESSION_COOKIE_AGE = 12 * 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Cookies exist only for people who sign in; the prefix makes browsers insist on https and on this
# very host.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics|health\.json)$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    ),
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Bodies: what anybody may send, and what people who are signed in may (files apart).
PUBLIC_BODY_LIMIT = 64 * 1024
WORKPLACES = ("/desk/", "/outbox/", "/admin/")
BODY_LIMITS = dict.fromkeys(
    ["/hooks/mail/", "/hooks/provider/tracking/", "/hooks/provider/inbound/"], 1024 * 1024
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

REDIS_URL = secret("REDIS_URL")
# Short patience: a visitor waits for every one of these seconds when Redis is gone.
REDIS_CACHE = {
    "BACKEND": "config.cache.TolerantRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
}
CACHES = {"default": REDIS_CACHE, "limits": REDIS_CACHE | {"KEY_PREFIX": "limits"}}
RATELIMIT_USE_CACHE = "limits"
RATELIMIT_IP_META_KEY = "config.middleware.client_ip"
# Without Redis nobody is counted, and nobody is turned away.
RATELIMIT_FAIL_OPEN = True
SILENCED_SYSTEM_CHECKS = [
    # warns of any cache it does not know; Redis' INCR is atomic, and tests count on it
    "django_ratelimit.W001",
    # preloading HSTS is a promise for a whole domain: its owner's to make, not ours
    "security.W021",
]

# Delivery. Off, everything goes to the catcher on this machine and nothing leaves the building.
DELIVERY_ENABLED = env.bool("DELIVERY_ENABLED", default=False)
SMTP_URL = secret("SMTP_URL", default="")
CATCHER_URL = env.str("CATCHER_URL", default="smtp://127.0.0.1:1025")
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="localhost.localdomain")
LETTER_FROM = env.str("LETTER_FROM", default=f"letters@{MAIL_DOMAIN}")
MAIL_FROM = env.str("MAIL_FROM", default=f"hello@{MAIL_DOMAIN}")
# Return addresses (MAIL FROM) lie here, one for each message: what comes back is taken in by
# `manage.py take_returns` or the hook.
BOUNCE_DOMAIN = env.str("BOUNCE_DOMAIN", default=f"bounce.{MAIL_DOMAIN}")
# Instead of SMTP_URL: a provider that django-anymail knows (postmark, mailgun, ...), and what it
# wants set, as JSON.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", default="")
ANYMAIL = json.loads(secret("MAIL_PROVIDER_OPTIONS", default="") or "{}")
RETURNS_LISTEN = env.str("RETURNS_LISTEN", default="127.0.0.1:8025")
RETURNS_HOOK_SECRET = secret("RETURNS_HOOK_SECRET", default="")

# How fast real letters leave, by kind of lane: letters a minute / letters at once. "letters" is
# each mail host of offices, "cwc" each chamber of Congress; what is not named, as supporters' own
# mail, goes as fast as it can.
LANE_PACE = env.dict("LANE_PACE", default={"letters": "60/50", "cwc": "300/50"})

# Real letters to one office by e-mail, an hour; a crowd's are spread over its working hours. 0: all
# at once.
OFFICE_PER_HOUR = env.int("OFFICE_PER_HOUR", default=60)

# How long the text of a settled letter and practice mail are kept; evidence stays. 0: for ever.
MESSAGES_KEPT_DAYS = env.int("MESSAGES_KEPT_DAYS", default=30)

# Who looks once more at letters that are about to leave, as the path of a function
# (worker.engine.final_check). Blank: nobody.
REVIEW_BEFORE_SENDING = "actions.followup.recheck.review"

# Communicating with Congress. Without address, key, agent and a way out a chamber is not
# configured: its seats need the supporter (docs/operating.md, Congress). Keys never stand in
# evidence or logs.
CWC_HOUSE_URL = env.str("CWC_HOUSE_URL", default="")
CWC_HOUSE_KEY = secret("CWC_HOUSE_KEY", default="")
CWC_HOUSE_AGENT = env.str("CWC_HOUSE_AGENT", default="")
CWC_SENATE_URL = env.str("CWC_SENATE_URL", default="")
CWC_SENATE_KEY = secret("CWC_SENATE_KEY", default="")
CWC_SENATE_AGENT = env.str("CWC_SENATE_AGENT", default=CWC_HOUSE_AGENT)
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

# Letters on paper: "print" for people here who print and mail them (docs/operating.md, Paper),
# "lob" for Lob to do it; blank: neither.
PAPER_BY = env.str("PAPER_BY", default="")
LOB_KEY = secret("LOB_KEY", default="")
LOB_URL = env.str("LOB_URL", default="https://api.lob.com")
LOB_WEBHOOK_SECRET = secret("LOB_WEBHOOK_SECRET", default="")
# Lets Lob's address be this machine. For tests: a letter "mailed" there has reached nobody.
LOB_LOOPBACK = env.bool("LOB_LOOPBACK", default=False)

# Address to point, asked in this order. Those of this package read this machine's own disk; add
# legislators.geocoders.census.Census to ask the Census Bureau about addresses that are unknown
# here: it then learns them.
GEOCODERS = env.list("GEOCODERS", default=["legislators.geocoders.ranges.Ranges"])
CENSUS_GEOCODER_URL = env.str(
    "CENSUS_GEOCODER_URL", default="https://geocoding.geo.census.gov/geocoder"
)

# Celery carries doorbells only: rows are the queue, so a lost message costs a minute. Why each
# line: docs/operating.md.
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "work"
# A worker takes from all of them unless told otherwise (--queues): big installations give each its
# own.
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name) for name in ("work", "mail", "letters", "desk")
]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker never gives Redis up
# Whoever asks for work to be done waits for a dead broker a second at most, and learns of it.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "max_retries": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 30,
    "socket_keepalive": True,
    "health_check_interval": 25,
}
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "worker.tasks.sweep", "schedule": 60, "options": {"expires": 60}},
    "waiting": {
        "task": "worker.tasks.ring_for_waiting",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "doubt": {
        "task": "worker.tasks.ask_about_doubt",
        "schedule": 300,
        "options": {"queue": "letters", "expires": 300},
    },
    "addresses": {
        "task": "worker.tasks.weigh_addresses",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "congress": {
        "task": "worker.tasks.refresh_congress",
        "schedule": 6 * 60 * 60,
        "options": {"expires": 3600},
    },
    "print batches": {
        "task": "worker.tasks.sweep_print_batches",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "exports": {
        "task": "desk.tasks.sweep_exports",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "forget texts": {
        "task": "worker.tasks.forget",
        "schedule": crontab(hour=4, minute=41),
        "options": {"expires": 3600},
    },
    "replays": {
        "task": "desk.tasks.sweep_replays",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "count": {"task": "actions.tasks.count", "schedule": 10, "options": {"expires": 10}},
    "refresh rosters": {
        "task": "legislators.tasks.refresh_rosters",
        "schedule": crontab(hour=3, minute=17),
        "options": {"expires": 3600},
    },
    "bounced mailboxes": {
        "task": "supporters.tasks.suppress_bounced",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "failures": {
        "task": "actions.tasks.tell_of_failures",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "forget": {
        "task": "actions.tasks.forget_unconfirmed",
        "schedule": crontab(hour=4, minute=7),
        "options": {"expires": 3600},
    },
    "finish unmatched": {
        "task": "actions.tasks.finish_unmatched",
        "schedule": 300,
        "options": {"expires": 300},
    },
}

# Every night the rosters are read anew, from there or from a folder that somebody else keeps up to
# date.
ROSTERS_FROM = env.str("ROSTERS_FROM", default="")

# How long what was typed is kept while its mailbox does not answer: a young person's, anybody's,
# and of those held for a look. Days.
YOUNG_UNCONFIRMED_KEPT_DAYS = env.int("YOUNG_UNCONFIRMED_KEPT_DAYS", default=7)
UNCONFIRMED_KEPT_DAYS = env.int("UNCONFIRMED_KEPT_DAYS", default=14)
QUARANTINED_KEPT_DAYS = env.int("QUARANTINED_KEPT_DAYS", default=60)

# A form sent back sooner than this was not filled in by a person.
FORM_LEAST_SECONDS = env.float("FORM_LEAST_SECONDS", default=2)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "api.errors.answer",
    "UNAUTHENTICATED_USER": None,
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")

# Django's own mailer is off: whatever leaves goes through worker.outbox, with evidence.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"level": env.str("LOG_LEVEL", default="INFO"), "handlers": ["stderr"]},
    "loggers": {
        "django": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
        "flufl.bounce": {"level": "CRITICAL"},  # tells which detectors it tries, and which stumble
        "mail.log": {"level": "WARNING"},  # aiosmtpd's, which tells every line of every caught mail
    },
}

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed names, compressed, cached for ever; needs collectstatic. Without it files are served where
# they lie.
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", default=not DEBUG)
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if STATIC_MANIFEST
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
