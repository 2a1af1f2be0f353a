from django.urls import path

from campaigns import views
from campaigns.daily_totals import pages as daily_totals
from campaigns.impact import page as impact
from campaigns.impact import sharing
from campaigns.pages import bills, issue, lately, pictures, states
from campaigns.publications import feeds, listing, page
from campaigns.search import page as search

app_name = "campaigns"
# `number` is made known by actions.typed_numbers, which stands above this room: the addresses of
# actions/, read before these (config/urls.py), have brought it.

urlpatterns = [
    path("", views.home, name="home"),
    path("picture.png", pictures.home, name="home_picture"),
    path("issues/<slug:slug>/", issue.issue, name="issue"),
    path("issues/<slug:slug>/picture.png", pictures.issue, name="issue_picture"),
    path("bills/", bills.bills, name="bills"),
    path("bills/<number:pk>/", bills.bill, name="bill"),
    path("bills/<number:pk>/picture.png", pictures.bill, name="bill_picture"),
    path("states/", states.states, name="states"),
    path("states/<slug:code>/", states.state, name="state"),
    path("states/<slug:code>/picture.png", pictures.state, name="state_picture"),
    path("states/<slug:code>/feed.atom", lately.feed, name="state_feed"),
    path("issues/<slug:slug>/feed.atom", feeds.of_issue, name="issue_feed"),
    path("news/", listing.publications, name="publications"),
    path("news/feed.atom", feeds.all_of_it, name="feed"),
    path("news/<slug:slug>/", page.publication, name="publication"),
    path("news/<slug:slug>/picture.png", page.picture, name="publication_picture"),
    path("impact/", impact.impact, name="impact"),
    path("search/", search.search, name="search"),
    path("impact.json", sharing.feed, name="impact_feed"),
    path("embed/impact/", sharing.embed, name="impact_embed"),
    path("counts/", daily_totals.daily_totals, name="daily_totals"),
    path("counts.jsonl", daily_totals.published_lines, name="published_lines"),
    path("brand.css", views.brand_css, name="brand_css"),
    path("logo", views.logo, name="logo"),
    path("partners/<slug:slug>/logo", views.partner_logo, name="partner_logo"),
]
