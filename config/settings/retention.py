"""How long what people wrote is kept, in days; and what is remembered of what they took back."""

from pathlib import Path

from config.env import env
from config.settings.site import VAR_DIR

# What was typed, while its mailbox does not answer: a young person's, anybody's; and what was
# quarantined.
YOUNG_UNCONFIRMED_KEPT_DAYS = env.int("YOUNG_UNCONFIRMED_KEPT_DAYS", default=7)
UNCONFIRMED_KEPT_DAYS = env.int("UNCONFIRMED_KEPT_DAYS", default=14)
QUARANTINED_KEPT_DAYS = env.int("QUARANTINED_KEPT_DAYS", default=60)
# What was refused: as long as many refusals together can be undone (desk.quarantine.undoing).
REFUSED_KEPT_DAYS = env.int("REFUSED_KEPT_DAYS", default=30)
# Hashes of networks and marks of texts, and the husks of submissions that became an action.
NETWORKS_KEPT_DAYS = env.int("NETWORKS_KEPT_DAYS", default=60)

# The text of a settled letter, and practice mail; evidence stays. 0: for ever.
MESSAGES_KEPT_DAYS = env.int("MESSAGES_KEPT_DAYS", default=30)

# Where deeds that must survive a restore of the database are written down, a file for each machine
# and month: outside of the database and of VAR_DIR, and copied off this machine.
JOURNAL_DIR = Path(env.str("JOURNAL_DIR", default=f"{VAR_DIR}-journal"))
JOURNAL_IS_NAMED = "JOURNAL_DIR" in env.ENVIRON

# What the rooms above hold of a person, as paths of functions that let go of it
# (actions.erasing.holders).
HOLDERS_OF_PEOPLE = [
    "actions.heroes.of_a_person.forget_waiting",
    "desk.supporters.forgetting.exports",
    "desk.supporters.forgetting.drafts",
    "desk.imports.undoing.forget_signature",
    "actions.sign_ons.forgetting.let_go",
    "actions.stories.whose.let_go",
]
# And what they do again after a restore: by deed (supporters.journal.Deed) the path of a function
# (actions.replaying).
REPLAYED_BY = {
    "hero_changed": "actions.heroes.replaying.changed",
    "hero_taken_down": "actions.heroes.replaying.taken_down",
    "import_undone": "desk.imports.undoing.again",
    "guardian_refused": "actions.replaying.guardian_refused",
    "sign_on_withdrawn": "actions.sign_ons.replaying.withdrawn",
    "story_withdrawn": "actions.stories.again.withdrawn",
    "story_taken_down": "actions.stories.again.taken_down",
    "story_less": "actions.stories.again.allowed_less",
}
# And what they show somebody of themselves, on their page (actions.my_page.data).
DATA_OF_PEOPLE = [
    "actions.heroes.of_a_person.data",
    "desk.supporters.own_data.districts",
    "desk.supporters.own_data.imported",
    "actions.sign_ons.forgetting.own_data",
    "actions.stories.whose.own_data",
]
