"""Help for the pages of updates and alerts."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:alerts": Help(
        _(
            "Calls to act, mailed to people who have not acted here. Only adults get one who said"
            " yes to the newsletter; a box for a campaign’s updates or a partner’s is none. Who"
            " opens a mail is noted nowhere."
        ),
        ("desk:campaigns", "desk:segments"),
    ),
    "desk:alert_new": Help(
        _(
            "Choose a segment, or all supporters: of them adults with the newsletter get it whose"
            " seats the campaign’s letters and calls go to; a petition may be signed from anywhere."
            " You see the number and the finished mail before anything is sent."
        ),
        ("desk:campaigns", "desk:segments"),
    ),
    "desk:alert": Help(
        _(
            "How many mailboxes get it, and why others of that list do not. Try it on yourself,"
            " then choose when it goes; until then one press calls it back. Each mailbox gets it"
            " once at most, also when something breaks on the way; who took their yes back, was"
            " deleted, or acted meanwhile is left out to the last moment."
        ),
        ("desk:campaigns", "desk:deliveries"),
    ),
    "desk:alert_words": Help(
        _(
            "The list keeps the conditions that its segment had when you chose it: choose the"
            " segment again to take its present ones. Saving counts anew. Without Spanish words"
            " everybody gets the English ones."
        ),
        ("desk:campaigns", "desk:segments"),
    ),
    "desk:updates": Help(
        _(
            "What you told people who acted here. Only those get an update who ticked “Tell me what"
            " becomes of this campaign” and whose mailbox answered; never anybody under 18. A tick"
            " for the newsletter is not enough. Closing and winning offer to tell them the outcome."
        ),
        ("desk:campaigns",),
    ),
    "desk:update_new": Help(
        _(
            "Say in a few sentences what happened and what comes next. You see the finished mail"
            " before anything is sent. Without Spanish words everybody gets the English ones."
        ),
        ("desk:campaigns",),
    ),
    "desk:update": Help(
        _(
            "The finished mail, and how many mailboxes it goes to. After you let it go it waits for"
            " half an hour, in which one press calls it back. Nobody gets it twice, also not when"
            " something breaks on the way; who may not have got it stands on this page."
        ),
        ("desk:campaigns", "desk:deliveries"),
    ),
    "desk:update_words": Help(
        _(
            "Say in a few sentences what happened and what comes next. You see the finished mail"
            " before anything is sent. Without Spanish words everybody gets the English ones."
        ),
        ("desk:campaigns",),
    ),
}
