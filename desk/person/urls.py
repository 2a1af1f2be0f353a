"""Pages of one supporter."""

from django.urls import path

from desk.person import (
    correct,
    deeds,
    delete,
    finding,
    merge,
    notes_and_tags,
    page,
    pairs,
    waiting,
)

urlpatterns = [
    path("find/", finding.find, name="supporter_find"),
    path("find/waiting/", waiting.forget, name="supporter_waiting"),
    path("pairs/", pairs.pairs, name="supporter_pairs"),
    path("pairs/<number:pk>/", pairs.are_two, name="supporter_pair"),
    path("tags/", notes_and_tags.tags, name="supporter_tags"),
    path("tags/<number:pk>/", notes_and_tags.change_tag, name="supporter_tag"),
    path("<uuid:public_id>/", page.supporter, name="supporter"),
    path("<uuid:public_id>/tags/", notes_and_tags.set_tags, name="supporter_tagged"),
    path("<uuid:public_id>/notes/", notes_and_tags.write_note, name="supporter_note"),
    path(
        "<uuid:public_id>/notes/<number:pk>/strike/",
        notes_and_tags.strike_note,
        name="supporter_note_strike",
    ),
    path("<uuid:public_id>/correct/", correct.correct, name="supporter_correct"),
    path("<uuid:public_id>/merge/", merge.merge, name="supporter_merge"),
    path("merges/<number:pk>/undo/", merge.undo, name="supporter_merge_undo"),
    path("<uuid:public_id>/delete/", delete.delete, name="supporter_delete"),
    path("<uuid:public_id>/suppress/", deeds.suppress, name="supporter_suppress"),
    path("<uuid:public_id>/lift/", deeds.lift, name="supporter_lift"),
    path(
        "<uuid:public_id>/actions/<number:pk>/withdraw/",
        deeds.withdraw,
        name="supporter_withdraw",
    ),
]
