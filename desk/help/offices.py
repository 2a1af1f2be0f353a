"""What stands behind the question mark on pages about offices and who holds them."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:addresses": Help(
        _(
            "Offices whose e-mail address takes no mail, with how many letters wait. Look on the"
            " office’s own site for a better one. An address that no roster publishes waits for a"
            " second person before any letter goes there."
        ),
        ("desk:approvals", "desk:uncertain"),
    ),
    "desk:ladders": Help(
        _(
            "How letters reach an office: e-mail, Congress’s own system, paper, or their writer."
            " They are tried in the order that stands here, and the first that works is taken."
            " A change holds for letters written from then on."
        ),
        ("desk:addresses", "desk:printing"),
    ),
    "desk:seat": Help(
        _(
            "One office: who holds it, how it is reached today, and its address. Correct the"
            " address here, or give this office an order of its own. Its history shows what was"
            " sent there."
        ),
        ("desk:ladders", "desk:addresses"),
    ),
    "desk:office": Help(
        _(
            "What was written to one office and how it stands, day by day. The names of writers"
            " are shown only to those who may see supporters."
        ),
        ("desk:ladders", "desk:deliveries"),
    ),
    "desk:alarms": Help(
        _(
            "What is wrong with the site itself, or will be by a day. Administrators get a mail for"
            " each: when it begins, each day while it lasts, and when it is over. The person who"
            " runs the server can have them told by another way too, for the day on which no mail"
            " leaves."
        ),
        ("desk:deliveries", "desk:rosters"),
    ),
    "desk:rosters": Help(
        _(
            "A roster is a published list of who sits where. Here is how old each one is, what its"
            " last refresh changed, and where two of them disagree. An old roster means letters to"
            " people who have left: the person who runs the server refreshes it."
        ),
        ("desk:holders", "desk:review"),
    ),
    "desk:turnover": Help(
        _(
            "What one refresh of a roster changed: who is new, gone or moved. Letters that waited"
            " for somebody who left are kept for review."
        ),
        ("desk:rosters", "desk:review"),
    ),
    "desk:approvals": Help(
        _(
            "Addresses that somebody here typed. A second person looks whether they are right"
            " before letters go there, so that nobody alone can send them astray. You cannot"
            " approve what you typed yourself. Open the office’s own site and compare."
        ),
        ("desk:addresses", "desk:holders"),
    ),
    "desk:holders": Help(
        _(
            "Who holds an office, where you know better than the roster: a resignation, a by-"
            "election, an empty seat. What you say stands until you take it back; no refresh"
            " undoes it. Where a newer roster says otherwise, both are shown."
        ),
        ("desk:rosters", "desk:approvals"),
    ),
    "desk:custom_offices": Help(
        _(
            "Offices that no roster knows: a school board, a mayor, a chief judge, a company. Add"
            " them one by one or paste a table. Their addresses wait for a second person, as all"
            " that are typed here do. Say of each whether it reads letters from outside the United"
            " States: only then does a campaign that invites people there let them write to it."
        ),
        ("desk:approvals",),
    ),
}
