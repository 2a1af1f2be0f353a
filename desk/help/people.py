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
    "desk:partners": Help(
        _(
            "Organizations that carry campaigns with you. Each campaign names its own partners."
            " People of a partner are invited under People with the role partner, and chosen here:"
            " they see their own campaigns’ numbers and their own opt-ins, and nothing else."
        ),
        ("desk:people", "desk:campaigns"),
    ),
    "desk:partner": Help(
        _(
            "One organization: its name, logo and link, and the words of its own consent box in"
            " each language. Without words in a language there is no box in it. Who signs in for"
            " them is ticked here. Unticking that you work together takes it from every page."
        ),
        ("desk:partners", "desk:people"),
    ),
    "desk:partner_new": Help(
        _(
            "One organization: its name, logo and link, and the words of its own consent box in"
            " each language. Without words in a language there is no box in it."
        ),
        ("desk:partners", "desk:people"),
    ),
    "desk:ours": Help(
        _(
            "The campaigns that name your organization, with what has been counted; numbers under"
            " five are not shown, so that they name nobody. Below are people who said yes to"
            " hearing from you: you may take that list away, with a purpose that is kept."
        ),
        ("desk:home",),
    ),
    "desk:ours_numbers": Help(
        _(
            "One campaign by day, state and link. No number under five is shown, and none from"
            " which one could be worked out, so that nobody is singled out. Your own links count"
            " under their source code."
        ),
        ("desk:ours",),
    ),
    "desk:ours_numbers_state": Help(
        _(
            "One state: its districts and offices. No number under five is shown, so that nobody"
            " is singled out."
        ),
        ("desk:ours",),
    ),
    "desk:ours_list": Help(
        _(
            "Your list is written in the background and kept for 24 hours. It holds only people"
            " who ticked your box and still want it. Keep it as safe as you would your own."
        ),
        ("desk:ours",),
    ),
    "desk:brand": Help(
        _(
            "Your name, logo, colours and addresses, as they stand on every page and mail. Colours"
            " that cannot be read are named when you save. The postal address stands under every"
            " mail: the law asks for it."
        ),
    ),
    "desk:onward_hosts": Help(
        _(
            "Sites to which a campaign may lead people on once they have acted, such as your own"
            " page that asks for a gift. An organizer can name an address on a listed site and on"
            " no other; nothing about anybody stands in it, and nobody under 18 is led there. What"
            " you take off the list ends at once."
        ),
        ("desk:brand",),
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
