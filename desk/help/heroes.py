"""What stands behind the question mark on pages about people who act."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:heroes": Help(
        _(
            "People who act and allow you to say so. Nobody is entered here: whoever thinks of"
            " somebody passes on a link, and that person, if they are 18 or older, tells it"
            " themselves and confirms it by mail. Until then nothing of them can be seen. What"
            " nobody reads in 60 days is deleted, and they are told."
        ),
        ("desk:publications",),
    ),
    "desk:hero_read": Help(
        _(
            "Read what they told, then accept or decline it; they get a mail without a word of it."
            " Accepted, it is public once you publish it. What you decline is deleted after 30"
            " days. Whenever they change their words it waits here again, and its page is hidden"
            " meanwhile; when they take it back it is gone at once, from here too."
        ),
        ("desk:heroes",),
    ),
    "desk:hero": Help(
        _(
            "Their words in each language, and your thanks. Shorten and translate, but change"
            " nothing that they say: they read it on their private link. The log keeps that it was"
            " changed, never the words."
        ),
        ("desk:heroes",),
    ),
    "desk:hero_about": Help(
        _(
            "An issue, a campaign, a state. The pages of the issue and of the state lead to the"
            " people who act for it, without naming anybody there."
        ),
        ("desk:heroes",),
    ),
    "desk:hero_times": Help(
        _(
            "Public now, or by itself at a day and time in the zone that you name. What is public"
            " can be taken down: its address then leads to the page you say, or tells people that"
            " it is gone."
        ),
        ("desk:heroes",),
    ),
}
