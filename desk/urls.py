"""The console: what people who work here see and do."""

from django.urls import include, path

from desk import home
from desk.mail import (
    addresses,
    again,
    delivery,
    holding,
    lanes,
    office,
    outbox,
    printing,
    reviewing,
    uncertain,
    ways,
)
from desk.organization import brand, rosters
from desk.organizing import issues
from desk.supporters import exports, handover, quarantine, supporters

app_name = "desk"
urlpatterns = [
    path("desk/", home.home, name="home"),
    path("desk/supporters/", supporters.supporters, name="supporters"),
    path("desk/exports/", exports.exports, name="exports"),
    path("desk/exports/new/", exports.new_export, name="export_new"),
    path("desk/exports/<uuid:public_id>/", exports.export, name="export"),
    path("desk/exports/<uuid:public_id>/download/", exports.download, name="export_download"),
    path("desk/petitions/", handover.petitions, name="petitions"),
    path("desk/petitions/<int:ask_id>/", handover.petition, name="petition"),
    path("desk/issues/", issues.issues, name="issues"),
    path("desk/issues/new/", issues.new_issue, name="issue_new"),
    path("desk/issues/<slug:slug>/<str:language>/", issues.issue, name="issue"),
    path("desk/campaigns/", include("desk.organizing.urls")),
    path("desk/quarantine/", quarantine.quarantine, name="quarantine"),
    path(
        "desk/quarantine/<uuid:public_id>/release/", quarantine.release, name="quarantine_release"
    ),
    path("desk/quarantine/<uuid:public_id>/refuse/", quarantine.refuse, name="quarantine_refuse"),
    path("desk/rosters/", rosters.rosters, name="rosters"),
    path("desk/rosters/<int:report_id>/", rosters.turnover, name="turnover"),
    path("desk/printing/", printing.printing, name="printing"),
    path("desk/printing/close/", printing.close, name="print_close"),
    path("desk/printing/<int:number>/", printing.print_batch, name="print_batch"),
    path("desk/printing/<int:number>/deed/", printing.print_deed, name="print_deed"),
    path("desk/printing/<int:number>/file/", printing.print_file, name="print_file"),
    path("desk/brand/", brand.brand, name="brand"),
    path("outbox/", outbox.mail, name="outbox"),
    path("outbox/mail/<int:mail_id>/", outbox.message, name="message"),
    path("outbox/deliveries/", outbox.deliveries, name="deliveries"),
    path("outbox/deliveries/<uuid:public_id>/", delivery.delivery, name="delivery"),
    path("outbox/deliveries/<uuid:public_id>/settle/", delivery.settle, name="settle"),
    path("outbox/again/", again.again, name="again"),
    path("outbox/again/send/", again.send, name="again_send"),
    path("outbox/lane/", lanes.lane, name="lane"),
    path("outbox/lane/pace/", lanes.set_pace, name="lane_pace"),
    path("outbox/lane/try/", lanes.try_now, name="lane_try"),
    path("outbox/uncertain/", uncertain.uncertain, name="uncertain"),
    path("outbox/review/", reviewing.review, name="review"),
    path("outbox/review/<int:seat_id>/", reviewing.decide, name="review_decide"),
    path("outbox/addresses/", addresses.addresses, name="addresses"),
    path("outbox/ways/", ways.ways, name="ways"),
    path("outbox/ways/<str:chamber>/", ways.ladder, name="ladder"),
    path("outbox/seats/<int:seat_id>/", ways.seat_ways, name="seat_ways"),
    path("outbox/seats/<int:seat_id>/history/", office.office, name="office"),
    path("outbox/seats/<int:seat_id>/ladder/", ways.seat_ladder, name="seat_ladder"),
    path("outbox/seats/<int:seat_id>/address/", addresses.mend, name="address_mend"),
    path("outbox/holds/", holding.standing, name="holds"),
    path("outbox/holds/place/", holding.place, name="hold_place"),
    path("outbox/holds/lift/", holding.lift, name="hold_lift"),
]
