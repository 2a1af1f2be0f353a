from django.urls import path

from campaigns import views

app_name = "campaigns"

urlpatterns = [
    path("", views.home, name="home"),
    path("issues/<slug:slug>/", views.issue, name="issue"),
    path("brand.css", views.brand_css, name="brand_css"),
    path("logo", views.logo, name="logo"),
    path("partners/<slug:slug>/logo", views.partner_logo, name="partner_logo"),
]
