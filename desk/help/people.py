"""What stands behind the question mark on the overview and on pages about ourselves."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:home": Help(
        _(
            "What waits for you stands on top, each line a link to where it is done. What is"
            " marked red does not mend itself. Below are the campaigns that are live, with what"
            " came today, and what is paused. Numbers are at most a few seconds old."
        ),
        ("desk:campaigns", "desk:deliveries"),
    ),
    "desk:people": Help(
        _(
            "Everybody who works here and what they may do. Invite somebody with a link that works"
            " once. Give each person only the roles they need; deactivate whoever leaves the same"
            " day. Some administrator always stays."
        ),
        ("desk:audit_log",),
    ),
    "desk:person": Help(
        _(
            "One person: their roles, when they were last here, and what they did. Deactivating"
            " signs them out at once; what they did stays on record. Whoever lost their second"
            " factor gets a new start here: make sure first that it is really them."
        ),
        ("desk:people", "desk:audit_log"),
    ),
    "desk:audit_log": Help(
        _(
            "Everything that people did here that matters later: exports, pauses, decisions,"
            " roles. Nobody can change or delete a line. Narrow it by person, deed or day."
        ),
        ("desk:people",),
    ),
    "desk:brand": Help(
        _(
            "Your name, logo, colours and addresses, as they stand on every page and mail. Colours"
            " that cannot be read are named when you save. The postal address stands under every"
            " mail: the law asks for it."
        ),
    ),
    "accounts:account": Help(
        _(
            "Your own account: password, second factor, and where you are signed in. End the other"
            " sessions if you used a computer that is not yours."
        ),
    ),
    "accounts:second_factor": Help(
        _(
            "A second factor is something you have besides your password: an app on your phone, a"
            " key, or a passkey. Pages about supporters and people open only with one. Print the"
            " recovery codes: they help on the day your phone is gone."
        ),
    ),
}
