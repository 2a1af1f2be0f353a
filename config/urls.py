"""Every address of the site. Public pages also live under /es/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from accounts.views import sign_in
from api import hooks
from campaigns.for_machines import icons, robots, sitemap
from campaigns.pictures import serving
from campaigns.publications.files import publication_file
from config import health
from desk.monitoring import metrics
from desk.people.forgotten import forgotten

handler403 = "config.errors.forbidden"
handler404 = "config.errors.missing"
handler500 = "config.errors.broken"

# Addresses are tried one by one: what the public asks for, and posts to, comes first.
urlpatterns = i18n_patterns(
    path("", include("actions.urls")),
    path("", include("campaigns.urls")),
    path("", include("desk.previews.urls")),
    prefix_default_language=False,
)

urlpatterns += [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", metrics.prometheus),
    path("health.json", metrics.health),
    path("admin/login/", sign_in),  # the same door, with the same limits
    path("admin/", admin.site.urls),
    path("login/forgotten/", forgotten, name="forgotten"),
    path("", include("accounts.urls")),
    path("", include("desk.urls")),
    path("api/v2/", include("api.urls")),
    path("hooks/mail/", hooks.mail),
    path("hooks/provider/<str:kind>/", hooks.provider),
    path("hooks/lob/", hooks.lob),
    # The same in every language.
    path("pictures/<slug:digest>.webp", serving.picture_file, name="picture_file"),
    path("files/<slug:digest>.pdf", publication_file, name="publication_file"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", robots.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemaps/<slug:kind>-<number:page>.xml", sitemap.sitemap_page, name="sitemap_page"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("icons/<number:size>.png", icons.icon, name="icon"),
    path("manifest.webmanifest", icons.manifest, name="manifest"),
]
