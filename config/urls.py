"""Every address of the site. Public pages also live under /es/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from accounts.views import sign_in
from api import hooks
from campaigns.pictures import serving
from campaigns.publications.files import publication_file
from config import health
from desk.monitoring import metrics
from desk.people.forgotten import forgotten

handler403 = "config.errors.forbidden"
handler500 = "config.errors.broken"

urlpatterns = [
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
]

urlpatterns += i18n_patterns(
    path("", include("campaigns.urls")),
    path("", include("actions.urls")),
    path("", include("desk.previews.urls")),
    prefix_default_language=False,
)
