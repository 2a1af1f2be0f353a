from django.urls import path

from desk.heroes import pages
from desk.publishing.pages import urls_of

urlpatterns = [
    path("", pages.heroes, name="heroes"),
    # Before <str:language>/.
    path("<slug:slug>/read/", pages.read, name="hero_read"),
    path("<slug:slug>/about/", pages.about, name="hero_about"),
    *urls_of(pages.KIND),
]
