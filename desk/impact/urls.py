from django.urls import path

from desk.impact import pages

urlpatterns = [
    path("", pages.figures, name="figures"),
    path("new/", pages.figure, name="figure_new"),
    path("<number:pk>/", pages.figure, name="figure"),
    path("<number:pk>/remove/", pages.remove, name="figure_remove"),
]
