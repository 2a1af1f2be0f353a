"""What stands behind the question mark on pages about letters on their way."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:outbox": Help(
        _(
            "Mail that would have gone out. While the site practises, nothing leaves this machine:"
            " every letter and confirmation is kept here to be read. Open one and press its links"
            " as a supporter would."
        ),
        ("desk:deliveries",),
    ),
    "desk:message": Help(
        _(
            "One practice mail as its reader would see it, with its pictures and links made safe."
            " Nobody outside got it. Its delivery shows what was noted about it."
        ),
        ("desk:outbox",),
    ),
    "desk:deliveries": Help(
        _(
            "Every letter to an office and every mail to a supporter, by where it goes. “Accepted”"
            " means that the other mail server took it; that is all anybody can know. Choose a"
            " number to see what is behind it. A destination that keeps refusing is left alone for"
            " a while and tried again by itself."
        ),
        ("desk:uncertain", "desk:holds"),
    ),
    "desk:delivery": Help(
        _(
            "One letter or mail: how it stands, and everything that was noted on its way, in the"
            " other side’s own words. If it is uncertain, find out whether it arrived and say so"
            " here; sending again what has arrived would send it twice. A letter that failed has"
            " told its writer already."
        ),
        ("desk:uncertain", "desk:deliveries"),
    ),
    "desk:lane": Help(
        _(
            "One destination: what waits for it and how fast it goes. Offices’ mail servers block"
            " whoever writes too fast, so raise the pace with care. After five failures in a row"
            " it is left alone for a while; one letter then tries whether it works again."
        ),
        ("desk:deliveries", "desk:holds"),
    ),
    "desk:uncertain": Help(
        _(
            "Letters that want a person. “Uncertain” ones were interrupted while they left: they"
            " are never sent again by themselves, since they may have arrived. “Failed” ones were"
            " refused, and their writers know. Correct the address or send many again once the"
            " cause is mended."
        ),
        ("desk:addresses", "desk:deliveries"),
    ),
    "desk:resend": Help(
        _(
            "Send letters that failed once more, after what made them fail is mended. First you"
            " see how many there are and what was said to them. Letters that their writers took"
            " back or sent by hand are left out. It goes on by itself and can be stopped; what has"
            " left cannot be called back."
        ),
        ("desk:uncertain", "desk:addresses"),
    ),
    "desk:review": Help(
        _(
            "Letters that were kept because their office changed hands, or its address did, while"
            " they waited. Write them anew to whoever sits there now, send them as they are, or"
            " stop them. Nothing leaves from here before somebody decides."
        ),
        ("desk:rosters", "desk:holders"),
    ),
    "desk:holds": Help(
        _(
            "Stop letters from leaving: all, one campaign’s, or to one destination. A letter that"
            " is being sent right now still goes; the others wait without growing old. Resume, and"
            " they leave by themselves."
        ),
        ("desk:deliveries",),
    ),
    "desk:printing": Help(
        _(
            "Letters for offices that only take paper. Close a batch, print it, put it in the mail"
            " and say when: only then do the writers read that their letter was mailed. A letter"
            " that cannot be printed can be taken out of its batch."
        ),
        ("desk:ladders",),
    ),
    "desk:print_batch": Help(
        _(
            "One batch, step by step: print the file, check the number of letters, mail them, and"
            " give the day. Void a letter that was spoiled; cancelling puts all of them back in"
            " line. Who did each step is kept."
        ),
        ("desk:printing",),
    ),
}
