from django.urls import path

from desk.publications import pages
from desk.publishing.pages import urls_of

urlpatterns = [
    path("", pages.publications, name="publications"),
    path("new/", pages.new_publication, name="publication_new"),
    # Before <str:language>/.
    path("<slug:slug>/about/", pages.about, name="publication_about"),
    path("<slug:slug>/files/", pages.all_files, name="publication_files"),
    path("<slug:slug>/<str:language>/file/", pages.change_file, name="publication_file_change"),
    path("<slug:slug>/<str:language>/pdf/", pages.pdf, name="publication_pdf"),
    *urls_of(pages.KIND),
]
