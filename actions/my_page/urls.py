from django.urls import path

from actions.my_page import choices, data_pages, details, leaving, new_mailbox, page, visits

# The token stands behind `open` and `mailbox`, which logs know (config.logs.BEHIND_LINKS).
urlpatterns = [
    path("", page.my_page, name="my_page"),
    path("open/<str:token>/", visits.open_page, name="my_page_open"),
    path("choices/", choices.choices, name="my_page_choices"),
    path("data/", data_pages.my_data, name="my_page_data"),
    path("looks/", data_pages.who_looked_at_me, name="my_page_looks"),
    path("delete/", leaving.delete_me, name="my_page_delete"),
    path("details/", details.details, name="my_page_details"),
    path("mailbox/", new_mailbox.change_mailbox, name="my_page_mailbox"),
    path("mailbox/<str:token>/", new_mailbox.prove_mailbox, name="my_page_mailbox_prove"),
    path("close/", visits.close_page, name="my_page_close"),
    path("withdraw/<uuid:public_id>/", page.withdraw_one, name="my_page_withdraw"),
]
