from django.urls import path

from actions.stories import own_page, pages

urlpatterns = [
    path("stories/", pages.stories, name="stories"),
    path("stories/tell/", pages.tell, name="story_tell"),
    path("stories/<slug:code>/", pages.story, name="story"),
    # Says nothing of what it is: it stands in mail. Logs know it (config.logs.BEHIND_LINKS).
    path("own/<str:token>/", own_page.own_story, name="own_story"),
    path("own/<str:token>/withdraw/", own_page.withdraw, name="own_story_withdraw"),
]
