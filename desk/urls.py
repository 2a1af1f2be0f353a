"""The console: what people who work here see and do."""

from django.urls import include, path

from actions import typed_numbers  # noqa: F401 (makes `number` known to the addresses below)
from desk import home
from desk.form_drafts import pages as form_drafts
from desk.mail import (
    addresses,
    delivery,
    holds,
    ladder_pages,
    lanes,
    needs_person,
    office_history,
    office_limits,
    outbox,
    printing,
    resend_pages,
    review,
    seat_page,
)
from desk.monitoring import alarm_page
from desk.officials import approvals, holders, office_table, offices
from desk.organization import brand, onward_hosts, rosters
from desk.organizing import issues
from desk.partners import numbers as partner_numbers
from desk.partners import pages as partners
from desk.partners import seen_by_partner
from desk.people import audit_log, person
from desk.people import listing as people
from desk.previews import markdown_text
from desk.publishing.pages import urls_of
from desk.supporters import listing, petitions, suppressed

app_name = "desk"
urlpatterns = [
    path("desk/", home.home, name="home"),
    path("desk/drafts/", form_drafts.keep, name="draft_keep"),
    path("desk/drafts/throw-away/", form_drafts.throw_away, name="draft_throw_away"),
    path("desk/markdown/", markdown_text.markdown_text, name="markdown"),
    path("desk/supporters/", listing.supporters, name="supporters"),
    path("desk/supporters/count/", listing.how_many, name="supporters_count"),
    path("desk/supporters/", include("desk.person.urls")),
    path("desk/segments/", include("desk.segments.urls")),
    path("desk/exports/", include("desk.exports.urls")),
    path("desk/imports/", include("desk.imports.urls")),
    path("desk/petitions/", petitions.petitions, name="petitions"),
    path("desk/petitions/<number:ask_id>/", petitions.petition, name="petition"),
    path("", include("desk.delivery_book.urls")),
    path("desk/issues/", issues.issues, name="issues"),
    path("desk/issues/new/", issues.new_issue, name="issue_new"),
    # Before <str:language>/.
    path("", include("desk.numbers.urls")),
    path("desk/issues/", include(urls_of(issues.KIND))),
    path("desk/publications/", include("desk.publications.urls")),
    path("desk/sign-ons/", include("desk.sign_ons.urls")),
    path("desk/heroes/", include("desk.heroes.urls")),
    path("desk/figures/", include("desk.impact.urls")),
    path("desk/stories/", include("desk.stories.urls")),
    path("desk/bills/", include("desk.bills.urls")),
    path("desk/campaigns/", include("desk.organizing.urls")),
    path("desk/partners/", partners.partners, name="partners"),
    path("desk/partners/new/", partners.partner, name="partner_new"),
    path("desk/partners/<slug:slug>/", partners.partner, name="partner"),
    path("desk/ours/", seen_by_partner.ours, name="ours"),
    path("desk/ours/<slug:slug>/numbers/", partner_numbers.numbers, name="ours_numbers"),
    path(
        "desk/ours/<slug:slug>/numbers/<str:name>.csv",
        partner_numbers.csv,
        name="ours_numbers_csv",
    ),
    path(
        "desk/ours/<slug:slug>/numbers/<str:state>/",
        partner_numbers.in_state,
        name="ours_numbers_state",
    ),
    path(
        "desk/ours/<slug:slug>/numbers/<str:state>/<str:name>.csv",
        partner_numbers.csv,
        name="ours_numbers_state_csv",
    ),
    path("desk/ours/<slug:slug>/take/", seen_by_partner.new_list, name="ours_take"),
    path("desk/ours/lists/<uuid:public_id>/", seen_by_partner.one_list, name="ours_list"),
    path(
        "desk/ours/lists/<uuid:public_id>/download/", seen_by_partner.download, name="ours_download"
    ),
    path(
        "desk/ours/lists/<uuid:public_id>/file/<str:token>/",
        seen_by_partner.file,
        name="ours_file",
    ),
    path("desk/quarantine/", include("desk.quarantine.urls")),
    path("desk/suppressed/", suppressed.suppressed, name="suppressed"),
    path("desk/suppressed/<number:pk>/lift/", suppressed.lift_suppression, name="suppressed_lift"),
    path("desk/alarms/", alarm_page.alarms, name="alarms"),
    path("desk/rosters/", rosters.rosters, name="rosters"),
    path("desk/rosters/<number:report_id>/", rosters.turnover, name="turnover"),
    path("desk/officials/", approvals.approvals, name="approvals"),
    path("desk/officials/<number:contact_id>/approve/", approvals.approve, name="approve"),
    path("desk/officials/<number:contact_id>/refuse/", approvals.refuse, name="refuse"),
    path("desk/officials/holders/", holders.holders, name="holders"),
    path("desk/officials/holders/agreeing/", holders.take_agreeing, name="holders_agreeing"),
    path("desk/officials/holders/<number:said_id>/", holders.take_rosters, name="holder_roster"),
    path("desk/officials/holders/seats/<number:seat_id>/", holders.holder, name="holder"),
    path("desk/officials/offices/", offices.offices, name="custom_offices"),
    path("desk/officials/offices/new/", offices.new_office, name="custom_office_new"),
    path("desk/officials/offices/many/", office_table.many, name="custom_office_table"),
    path("desk/officials/offices/<number:pk>/", offices.office, name="custom_office"),
    path("desk/printing/", printing.printing, name="printing"),
    path("desk/printing/close/", printing.close, name="print_close"),
    path("desk/printing/<number:number>/", printing.print_batch, name="print_batch"),
    path("desk/printing/<number:number>/deed/", printing.print_deed, name="print_deed"),
    path("desk/printing/<number:number>/file/", printing.print_file, name="print_file"),
    path("desk/people/", people.listing, name="people"),
    path("desk/people/invite/", people.invite, name="person_invite"),
    path("desk/people/invitations/<number:link_id>/", people.take_back, name="invitation_end"),
    path("desk/people/log/", audit_log.audit_log, name="audit_log"),
    path("desk/people/<number:pk>/", person.person, name="person"),
    path("desk/people/<number:pk>/password/", person.password_link, name="person_password"),
    path("desk/people/<number:pk>/factors/", person.remove_factors, name="person_factors"),
    path("desk/people/<number:pk>/deactivate/", person.deactivate, name="person_deactivate"),
    path("desk/people/<number:pk>/reactivate/", person.reactivate, name="person_reactivate"),
    path("desk/brand/", brand.brand, name="brand"),
    path("desk/brand/onward/", onward_hosts.onward_hosts, name="onward_hosts"),
    path("desk/brand/onward/<number:pk>/take-off/", onward_hosts.take_off, name="onward_host_end"),
    path("outbox/", outbox.mail, name="outbox"),
    path("outbox/mail/<number:mail_id>/", outbox.message, name="message"),
    path("outbox/deliveries/", outbox.deliveries, name="deliveries"),
    path("outbox/deliveries/<uuid:public_id>/", delivery.delivery, name="delivery"),
    path("outbox/deliveries/<uuid:public_id>/settle/", delivery.decide, name="settle"),
    path("outbox/again/", resend_pages.resend, name="resend"),
    path("outbox/again/send/", resend_pages.send, name="resend_send"),
    path("outbox/again/<number:number>/stop/", resend_pages.stop, name="resend_stop"),
    path("outbox/lane/", lanes.lane, name="lane"),
    path("outbox/lane/pace/", lanes.set_pace, name="lane_pace"),
    path("outbox/lane/try/", lanes.try_now, name="lane_try"),
    path("outbox/uncertain/", needs_person.uncertain, name="uncertain"),
    path("outbox/review/", review.review, name="review"),
    path("outbox/review/<number:seat_id>/", review.decide, name="review_decide"),
    path("outbox/addresses/", addresses.addresses, name="addresses"),
    path("outbox/ways/", ladder_pages.all_ladders, name="ladders"),
    path("outbox/ways/<str:chamber>/", ladder_pages.ladder, name="ladder"),
    path("outbox/seats/<number:seat_id>/", seat_page.seat, name="seat"),
    path("outbox/seats/<number:seat_id>/history/", office_history.office, name="office"),
    path("outbox/seats/<number:seat_id>/ladder/", seat_page.seat_ladder, name="seat_ladder"),
    path("outbox/seats/<number:seat_id>/limit/", office_limits.limit, name="office_limit"),
    path("outbox/seats/<number:seat_id>/address/", addresses.correct, name="address_correct"),
    path("outbox/holds/", holds.paused, name="holds"),
    path("outbox/holds/place/", holds.place, name="hold_place"),
    path("outbox/holds/lift/", holds.lift, name="hold_lift"),
]
