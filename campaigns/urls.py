from django.urls import path

from campaigns import views
from campaigns.daily_totals import pages as daily_totals
from campaigns.pages import issue

app_name = "campaigns"

urlpatterns = [
    path("", views.home, name="home"),
    path("issues/<slug:slug>/", issue.issue, name="issue"),
    path("counts/", daily_totals.daily_totals, name="daily_totals"),
    path("counts.jsonl", daily_totals.published_lines, name="published_lines"),
    path("brand.css", views.brand_css, name="brand_css"),
    path("logo", views.logo, name="logo"),
    path("partners/<slug:slug>/logo", views.partner_logo, name="partner_logo"),
]
