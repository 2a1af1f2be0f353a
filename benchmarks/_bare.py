"""What the web bench compares with: Django as `startproject` leaves it, with one page; and
Django REST framework with one transaction, a signature and three rows that wait to be sent.
"""

# ruff: noqa: E402 (settings come before models)

import django
import environ
from django.conf import settings

PAGE = """<!doctype html><html lang="en">
<head><meta charset="utf-8"><title>{{ page.title }}</title></head>
<body><h1>{{ page.title }}</h1>
{{ page.story|linebreaks }}<ul>
{% for signature in newest %}
<li>{{ signature.given_name }}, {{ signature.state }}</li>{% endfor %}</ul>
<form method="post">{{ form.as_p }}<button>Sign</button></form></body></html>"""

if not settings.configured:
    env = environ.Env()
    settings.configure(
        SECRET_KEY=env.str("SECRET_KEY"),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": {**env.db("DATABASE_URL"), "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [("django.template.loaders.locmem.Loader", {"page.html": PAGE})],
                        )
                    ]
                },
            }
        ],
        REST_FRAMEWORK={
            "DEFAULT_AUTHENTICATION_CLASSES": [],
            "DEFAULT_PERMISSION_CLASSES": [],
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
            "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
            "UNAUTHENTICATED_USER": None,
        },
        USE_TZ=True,
    )
    django.setup()

from django import forms
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.shortcuts import get_object_or_404, render
from django.urls import path
from rest_framework import generics, serializers

OFFICES = 3


class Page(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=140)
    story = models.TextField()

    class Meta:
        app_label = "bare"


class Signature(models.Model):
    page = models.ForeignKey(Page, models.PROTECT)
    given_name = models.CharField(max_length=70)
    family_name = models.CharField(max_length=70)
    email = models.EmailField()
    zip = models.CharField(max_length=12)
    state = models.CharField(max_length=2, default="FK")
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"


class Outgoing(models.Model):
    signature = models.ForeignKey(Signature, models.CASCADE)
    office = models.IntegerField()
    state = models.CharField(max_length=12, default="queued", db_index=True)

    class Meta:
        app_label = "bare"


class SignatureForm(forms.ModelForm):
    class Meta:
        model = Signature
        fields = ["given_name", "family_name", "email", "zip"]


def read(request, slug):
    """Two queries and a template."""
    page = get_object_or_404(Page, slug=slug)
    newest = Signature.objects.filter(page=page).order_by("-id")[:5]
    return render(request, "page.html", {"page": page, "form": SignatureForm(), "newest": newest})


class SignatureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Signature
        fields = ["given_name", "family_name", "email", "zip"]


class Sign(generics.CreateAPIView):
    """One query for the page; then a signature and its outgoing rows, in one transaction."""

    serializer_class = SignatureSerializer

    @transaction.atomic
    def perform_create(self, serializer):
        page = get_object_or_404(Page, slug=self.kwargs["slug"])
        signature = serializer.save(page=page)
        rows = [Outgoing(signature=signature, office=number) for number in range(OFFICES)]
        Outgoing.objects.bulk_create(rows)


urlpatterns = [path("<slug:slug>/", read), path("<slug:slug>/sign/", Sign.as_view())]

application = get_wsgi_application() if __name__ == settings.ROOT_URLCONF else None
