"""What the web bench compares with: Django as `startproject` leaves it, with one page and one
form.
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
        USE_TZ=True,
    )
    django.setup()

from django import forms
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


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


class SignatureForm(forms.ModelForm):
    class Meta:
        model = Signature
        fields = ["given_name", "family_name", "email", "zip"]


@csrf_exempt
def sign(request, slug):
    """GET: two queries and a template. POST: one query, a form and an insert."""
    page = get_object_or_404(Page, slug=slug)
    form = SignatureForm(request.POST or None, instance=Signature(page=page))
    if form.is_valid():
        form.save()
        return HttpResponseRedirect("/thanks/", status=303)
    newest = Signature.objects.filter(page=page).order_by("-id")[:5]
    return render(request, "page.html", {"page": page, "form": form, "newest": newest})


urlpatterns = [path("<slug:slug>/", sign)]

application = get_wsgi_application() if __name__ == settings.ROOT_URLCONF else None
