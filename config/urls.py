"""Every address of the site. Public pages also live under /es/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
]

urlpatterns += i18n_patterns(
    path("", include("campaigns.urls")),
    prefix_default_language=False,
)
