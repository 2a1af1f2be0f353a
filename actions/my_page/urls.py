from django.urls import path

from actions.my_page import page, visits

# The token stands behind `open`, which logs know (config.logs.BEHIND_LINKS).
urlpatterns = [
    path("", page.my_page, name="my_page"),
    path("open/<str:token>/", visits.open_page, name="my_page_open"),
    path("close/", visits.close_page, name="my_page_close"),
    path("withdraw/<uuid:public_id>/", page.withdraw_one, name="my_page_withdraw"),
]
