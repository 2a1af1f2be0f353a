"""Secrets, sign-in, cookies, headers and limits; docs/safety.md says against what."""

from config.env import env, secret
from config.settings.site import HTTPS

# Secrets. Nothing here has a default: a missing one stops the start.
SECRET_KEY = secret("SECRET_KEY")
# Keys supporters and addresses (HMAC). Apart from SECRET_KEY so that sessions can be ended without
# orphaning supporters.
HASH_KEY = secret("HASH_KEY")

# Signing in. Sessions end after 12 hours, or 30 minutes without a page (accounts.middleware).
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:home"
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

# Second factors (accounts.second_factor). They are asked for at pages about supporters, people,
# offices and what leaves; 1 asks for one at every page of the desk.
SECOND_FACTOR_FOR_ALL = env.bool("SECOND_FACTOR_FOR_ALL", default=False)
MFA_ADAPTER = "accounts.authenticators.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Of allauth's own accounts nothing is used: people here are invited, and have one address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]

# People who sign in have cookies; the prefix makes browsers insist on https and on this
# very host.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
# A supporter's own page, which has no account: half an hour, and sent to that page alone. A cookie
# with a path may not be called __Host-.
MY_PAGE_COOKIE_NAME = "__Secure-my-page" if HTTPS else "my-page"
CSRF_FAILURE_VIEW = "config.errors.stale_form"
# Shows a form to whoever sent it when their session had ended (accounts.unsent).
GIVE_FORM_BACK = "desk.form_drafts.given_back.give_back"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
# Balancers and monitoring ask for these over http, from inside.
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
            "worker-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "manifest-src 'self'",
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

# Bodies: what anybody may send, and what people who are signed in may where they work, files and
# all. The first holds our longest form: a form writes an emoji in twelve bytes, a Chinese letter in
# nine.
PUBLIC_BODY_LIMIT = 512 * 1024
WORKPLACE_BODY_LIMIT = 12 * 1024 * 1024
WORKPLACES = ("/desk/", "/outbox/", "/admin/")
BODY_LIMITS = dict.fromkeys(
    ["/hooks/mail/", "/hooks/provider/tracking/", "/hooks/provider/inbound/"], 1024 * 1024
)
# Lists of people that are brought in: 50 MB and the rest of the form.
LARGE_FORMS = {"/desk/imports/": 51 * 1024 * 1024}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# A form sent back sooner than this was not filled in by a person.
FORM_LEAST_SECONDS = env.float("FORM_LEAST_SECONDS", default=2)

SILENCED_SYSTEM_CHECKS = [
    # warns of any cache it does not know; Redis' INCR is atomic, and tests count on it
    "django_ratelimit.W001",
    # preloading HSTS is a promise for a whole domain: its owner's to make, not ours
    "security.W021",
]
