"""Pages of numbers, below their campaign and their issue."""

from django.urls import path

from desk.numbers import pages

CAMPAIGN, ISSUE = "desk/campaigns/<slug:slug>/numbers/", "desk/issues/<slug:slug>/numbers/"
ONE_TABLE, IN_A_STATE = "<str:name>.csv", "<str:state>/"

urlpatterns = [
    path(CAMPAIGN, pages.campaign_numbers, name="campaign_numbers"),
    path(CAMPAIGN + ONE_TABLE, pages.campaign_csv, name="campaign_numbers_csv"),
    path(CAMPAIGN + IN_A_STATE, pages.campaign_state, name="campaign_numbers_state"),
    path(CAMPAIGN + IN_A_STATE + ONE_TABLE, pages.campaign_csv, name="campaign_numbers_state_csv"),
    path(ISSUE, pages.issue_numbers, name="issue_numbers"),
    path(ISSUE + ONE_TABLE, pages.issue_csv, name="issue_numbers_csv"),
    path(ISSUE + IN_A_STATE, pages.issue_state, name="issue_numbers_state"),
    path(ISSUE + IN_A_STATE + ONE_TABLE, pages.issue_csv, name="issue_numbers_state_csv"),
]
