from django.urls import path

from desk.publications import pages
from desk.publishing.files import file_urls_of
from desk.publishing.pages import urls_of

urlpatterns = [
    path("", pages.publications, name="publications"),
    path("new/", pages.new_publication, name="publication_new"),
    # Before <str:language>/.
    path("<slug:slug>/about/", pages.about, name="publication_about"),
    *file_urls_of(pages.KIND),
    *urls_of(pages.KIND),
]
