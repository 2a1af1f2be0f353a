"""What stands behind the question mark on pages about supporters and lists of them."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:imports": Help(
        _(
            "Bring in people who said yes elsewhere, or the sheets of a petition. You say whence"
            " they come and what they agreed to; that is kept with each of them. Only who is 18 or"
            " over is kept with a name. Mail may go to them; no letter to an office ever does."
        ),
        ("desk:exports", "desk:supporters"),
    ),
    "desk:import": Help(
        _(
            "One file. Say which column holds what, look at what would become of its rows, then"
            " read it in. Nobody is taken twice, and who took their consent back or was deleted"
            " here is not brought back. The file itself goes as soon as it is read."
        ),
        ("desk:imports",),
    ),
    "desk:delivery_books": Help(
        _(
            "For each office that this campaign wrote to, a book to bring along: how many of its"
            " constituents wrote and confirmed it, from which towns, and words that their writers"
            " let us show. Choose the office that you are going to meet."
        ),
        ("desk:petitions", "desk:exports"),
    ),
    "desk:delivery_book": Help(
        _(
            "Only adults whose mailbox said yes are counted here; who has still to confirm is a"
            " number and nothing else. Towns with fewer than five people stand together. Tick the"
            " words that should be printed, after reading them: somebody else may be recognized in"
            " them. That you took the book is written down."
        ),
        ("desk:exports",),
    ),
    "desk:petitions": Help(
        _(
            "Petitions ready to be handed over: a cover page to print and the list of who signed."
            " The list holds names, so it is made as an export: with a reason that is kept."
        ),
        ("desk:exports",),
    ),
    "desk:petition": Help(
        _(
            "One petition with its text and numbers. Print the cover here; the list of who signed"
            " comes as a file. Only people whose mailbox said yes are on it, and nobody under 18."
        ),
        ("desk:petitions", "desk:exports"),
    ),
    "desk:supporters": Help(
        _(
            "People who took action. Narrow the list by conditions: what one group says about"
            " actions is about one and the same action, so two campaigns somebody took part in are"
            " two groups. “None of these” leaves people out. Keep the conditions as a segment, or"
            " take the list away as an export. People under 18 are never listed."
        ),
        ("desk:segments", "desk:exports", "desk:suppressed"),
    ),
    "desk:segments": Help(
        _(
            "Conditions under a name. Who fits is found anew each time. A shared segment is for"
            " everybody who sees supporters; only its owner changes or removes it."
        ),
        ("desk:supporters",),
    ),
    "desk:supporter_find": Help(
        _(
            "Find one person by name, mailbox, telephone or ZIP code: all that you type has to fit."
            " The words you type are kept nowhere; that you looked, and whom you found, is written"
            " down. Somebody under 18 is found by their whole e-mail address only."
        ),
        ("desk:supporters", "desk:suppressed"),
    ),
    "desk:supporter": Help(
        _(
            "Everything one person did and allowed, with how each letter stands now. What they ask"
            " for by post or telephone is done here for them: correct, take back, stop all mail,"
            " merge two records of one person, delete."
            " Notes and tags are read by everybody who sees supporters, and by the person who asks."
            " Each look at this page is written down."
        ),
        ("desk:supporter_find", "desk:supporters"),
    ),
    "desk:supporter_pairs": Help(
        _(
            "Somebody gave a name or a mailbox under which another record is here already. Look at"
            " both: if they are one person, make one record of them; if they are two, say so, and"
            " nobody asks again. Nothing changes until you decide."
        ),
        ("desk:supporter_find", "desk:supporters"),
    ),
    "desk:supporter_tags": Help(
        _(
            "The words by which people here find supporters again. The list is short and yours;"
            " tags are given on a person’s page. Nobody under 18 has one."
        ),
        ("desk:supporter_find", "desk:supporters"),
    ),
    "desk:quarantine": Help(
        _(
            "Actions that look like a machine’s, or that threaten somebody, wait here and count"
            " nowhere until you decide. “Let it count” sends a confirmation on its usual way;"
            " “Refuse” tells its writer, who may ask once for another look. Tick several to decide"
            " about them together: what you did to many can be undone for a while."
        ),
        ("desk:supporters",),
    ),
    "desk:quarantine_counted": Help(
        _(
            "When something suspicious came with others, those may wait for their mailbox, or count"
            " already. Say what they share and from when to when, look at the newest of them, and"
            " set them aside together. Counts go down, letters that have not left are stopped, and"
            " each writer is told by mail and can say that it was them. For 30 days one press turns"
            " it back; letters that had left stay where they are."
        ),
        ("desk:trends",),
    ),
    "desk:trends": Help(
        _(
            "What stands out in one hour against the seven days before: a network, a mail domain, a"
            " name or a text that many mailboxes share. A network is only a fingerprint, and is"
            " forgotten after 60 days. A school or a rally stands out too, so look at the actions"
            " themselves before you set any aside."
        ),
        ("desk:quarantine_counted",),
    ),
    "desk:suppressed": Help(
        _(
            "Mailboxes we do not write to: they unsubscribed, complained, or take no mail. We keep"
            " only a fingerprint of each address, so the list cannot be read. Lift one only when"
            " its owner asked for it."
        ),
        ("desk:supporters",),
    ),
    "desk:exports": Help(
        _(
            "Take a list of people away as a file. What it is for decides who is in it and which"
            " columns it may have. You see how many it holds, and prove once more who you are."
            " Long lists wait for a second person. Ask for no more than you need."
        ),
        ("desk:supporters", "desk:petitions"),
    ),
    "desk:export": Help(
        _(
            "How far this file is. You may leave: it is made without you. Once it is there you can"
            " take it away within a day, once. A file with people in it belongs on no shared drive;"
            " delete it when its purpose is over."
        ),
        ("desk:exports",),
    ),
}
