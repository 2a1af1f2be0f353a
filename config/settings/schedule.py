"""What beat starts, and when. Nothing waits for it to be on time: each looks for what is due."""

from celery.schedules import crontab

# In memory: beat writes no file that a full disk could refuse it.
CELERY_BEAT_SCHEDULER = "worker.clock:Clock"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "worker.tasks.sweep", "schedule": 60, "options": {"expires": 60}},
    "waiting": {
        "task": "worker.tasks.ring_for_waiting",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "doubt": {
        "task": "worker.tasks.ask_about_doubt",
        "schedule": 300,
        "options": {"queue": "letters", "expires": 300},
    },
    "addresses": {
        "task": "worker.tasks.weigh_addresses",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "congress": {
        "task": "worker.tasks.refresh_congress",
        "schedule": 6 * 60 * 60,
        "options": {"expires": 3600},
    },
    "print batches": {
        "task": "worker.tasks.sweep_print_batches",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "exports": {
        "task": "desk.tasks.sweep_exports",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "imports": {
        "task": "desk.tasks.sweep_imports",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "one-use links": {
        "task": "desk.tasks.mail_links",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "alarms": {
        "task": "desk.tasks.mail_alarms",
        "schedule": 300,
        "options": {"queue": "desk", "expires": 300},
    },
    "certificate, lists": {
        "task": "desk.tasks.ask_outside",
        "schedule": 60 * 60,
        "options": {"queue": "desk", "expires": 3600},
    },
    "forget texts": {
        "task": "worker.tasks.forget",
        "schedule": crontab(hour=4, minute=41),
        "options": {"expires": 3600},
    },
    "forget drafts": {
        "task": "desk.tasks.forget_drafts",
        "schedule": crontab(hour=4, minute=23),
        "options": {"queue": "desk", "expires": 3600},
    },
    "replays": {
        "task": "desk.tasks.sweep_replays",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "verdicts": {
        "task": "desk.tasks.sweep_verdicts",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "trends": {
        "task": "desk.tasks.note_trends",
        "schedule": crontab(minute="*/10"),
        "options": {"queue": "desk", "expires": 600},
    },
    "forget verdicts": {
        "task": "desk.tasks.forget_verdicts",
        "schedule": crontab(hour=4, minute=29),
        "options": {"queue": "desk", "expires": 3600},
    },
    "count": {"task": "actions.tasks.count", "schedule": 10, "options": {"expires": 10}},
    "count letters": {
        "task": "actions.tasks.count_letters",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "count visits": {
        "task": "actions.tasks.count_visits",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "check numbers": {
        "task": "actions.tasks.check_each",
        "schedule": crontab(hour=4, minute=23),
        "options": {"expires": 3600},
    },
    "refresh rosters": {
        "task": "legislators.tasks.refresh_rosters",
        "schedule": crontab(hour=3, minute=17),
        "options": {"expires": 3600},
    },
    # After the rosters, which take ten minutes at most.
    "targets": {
        "task": "campaigns.tasks.look_at_targets",
        "schedule": crontab(hour=3, minute=47),
        "options": {"expires": 3600},
    },
    # After midnight of the site's zone, and again where it was missed: it is written once.
    "daily totals": {
        "task": "campaigns.tasks.publish_daily_totals",
        "schedule": crontab(minute=11),
        "options": {"expires": 1800},
    },
    # Each change looks at its own bills; this is for what the release before did meanwhile.
    "public bills": {
        "task": "campaigns.tasks.look_at_public_bills",
        "schedule": crontab(minute=19),
        "options": {"expires": 1800},
    },
    "bounced mailboxes": {
        "task": "supporters.tasks.suppress_bounced",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "failures": {
        "task": "actions.tasks.tell_of_failures",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "rosters that letters wait for": {
        "task": "actions.tasks.look_for_rosters",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "campaigns that end": {
        "task": "actions.tasks.finish_endings",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "starts and ends": {
        "task": "actions.tasks.keep_schedules",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "reminders": {
        "task": "actions.tasks.remind",
        "schedule": 15 * 60,
        "options": {"expires": 15 * 60},
    },
    "links to own pages": {
        "task": "actions.tasks.mail_pages",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "updates": {
        "task": "actions.tasks.send_updates",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    "alerts": {
        "task": "desk.tasks.send_alerts",
        "schedule": 60,
        "options": {"queue": "desk", "expires": 60},
    },
    # Several times a night: what is more than one run can do goes on with the next.
    "promised times": {
        "task": "actions.tasks.keep_promises",
        "schedule": crontab(hour="1-5", minute=52),
        "options": {"expires": 3600},
    },
    "seals of the erased": {
        "task": "actions.tasks.blank_settled_seals",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "forget": {
        "task": "actions.tasks.forget_unconfirmed",
        # Several times a night: what is more than one run can do goes on with the next.
        "schedule": crontab(hour="2-5", minute=7),
        "options": {"expires": 3600},
    },
    "finish unmatched": {
        "task": "actions.tasks.finish_unmatched",
        "schedule": 300,
        "options": {"expires": 300},
    },
}
