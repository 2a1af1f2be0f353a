from django.urls import path

from desk.stories import pages

urlpatterns = [
    path("", pages.stories, name="stories"),
    path("new/", pages.story_new, name="story_new"),
    path("take/", pages.take, name="stories_take"),
    path("<number:pk>/", pages.story, name="story"),
    path("<number:pk>/words/", pages.story_words, name="story_words"),
    path("<number:pk>/withdraw/", pages.story_withdraw, name="story_withdraw"),
]
