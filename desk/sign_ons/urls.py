from django.urls import path

from desk.publishing.files import file_urls_of
from desk.publishing.pages import urls_of
from desk.sign_ons import delivery, organizations, pages

urlpatterns = [
    path("", pages.sign_ons, name="sign_ons"),
    path("new/", pages.new_sign_on, name="sign_on_new"),
    # Before <str:language>/.
    path("<slug:slug>/about/", pages.about, name="sign_on_about"),
    path("<slug:slug>/deadline/", pages.deadline, name="sign_on_deadline"),
    path("<slug:slug>/organizations/", organizations.organizations, name="sign_on_organizations"),
    path("<slug:slug>/organizations/add/", organizations.add, name="sign_on_add"),
    path("<slug:slug>/organizations.csv", organizations.csv, name="sign_on_csv"),
    path("<slug:slug>/delivery/", delivery.delivery, name="sign_on_delivery"),
    path("<slug:slug>/<str:language>/paper/", delivery.on_paper, name="sign_on_paper"),
    *file_urls_of(pages.KIND),
    *urls_of(pages.KIND),
]
