"""Settings, a file for each story. The same for laptop, tests and production: only the environment
differs.
"""

# ruff: noqa: F403 (Django reads the names of one module)

# First: without its secrets nothing starts, and they are what a newcomer is told of.
from config.settings.security import *  # isort: skip
from config.settings.alarms import *
from config.settings.cache import *
from config.settings.celery import *
from config.settings.congress import *
from config.settings.database import *
from config.settings.languages import *
from config.settings.logs import *
from config.settings.lookup import *
from config.settings.mail import *
from config.settings.pages import *
from config.settings.paper import *
from config.settings.retention import *
from config.settings.schedule import *
from config.settings.site import *
from config.settings.site import BASE_DIR
from config.settings.static import *

INSTALLED_APPS = [
    "config",
    # Before ours, which takes their tables out of the raw administration.
    "allauth.account",
    "allauth.mfa",
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
    "django_linear_migrations",
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
    "config.middleware.utf8_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.language_of_the_address",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.body_limit",  # may ask who calls; nothing above reads a body
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.errors.worded_405",
    "desk.demo_limits.OnlyTheDemonstration",
    "config.restore_mode.WhileRestoring",
    "config.database_away.WhenTheDatabaseIsAway",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["accounts.templatetags.whose_form"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "campaigns.brand.frame",
            ],
        },
    }
]
# Our own templates/django/forms/ draw every field.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "api.errors.answer",
    "UNAUTHENTICATED_USER": None,
}
