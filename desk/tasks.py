"""What runs in the background for the desk.

Whoever starts these names the queue: a long export must not stand before a letter.
"""

from desk.alerts import sending as alerts
from desk.exports import job as export_job
from desk.form_drafts import keeping
from desk.imports import job as import_job
from desk.mail import resend_job
from desk.monitoring import alarms, raising
from desk.people import link_mail
from desk.quarantine import trends, verdicts
from desk.supporters import districts
from worker.celery import app


@app.task(name=alerts.TASK)
def write_alert(alert_id: int) -> None:
    alerts.write(alert_id)


@app.task
def send_alerts() -> None:
    alerts.start_due()


@app.task
def write_export(export_id: int) -> None:
    export_job.write(export_id)


@app.task
def sweep_exports() -> None:
    export_job.sweep()


# Messages of this name may still be on their way.
@app.task(name="desk.tasks.send_again")
def resend(resend_id: int) -> None:
    resend_job.run(resend_id)


@app.task(name="desk.tasks.sweep_replays")
def sweep_resends() -> None:
    resend_job.sweep()


@app.task
def carry_out_verdict(verdict_id: int) -> None:
    verdicts.carry_out(verdict_id)


@app.task
def sweep_verdicts() -> None:
    verdicts.sweep()


@app.task
def note_trends() -> None:
    trends.note()


@app.task
def forget_verdicts() -> None:
    verdicts.forget_old()


# Messages of this name may still be on their way.
@app.task(name="desk.tasks.mail_alarms")
def tell_alarms() -> None:
    raising.look()


@app.task
def ask_outside() -> None:
    raising.look(alarms.SLOW_SOURCES)


@app.task
def mail_links() -> None:
    link_mail.send()


@app.task
def forget_drafts() -> None:
    keeping.forget_old()


@app.task
def find_districts() -> None:
    """Of everybody: one message for every part, so that all workers share in it.

    They carry ids, never an address.
    """
    for ends in districts.id_ranges():
        find_districts_of.apply_async(ends, queue="desk")


@app.task
def find_districts_of(first: int, last: int) -> None:
    districts.find_range((first, last))


@app.task
def work_on_import(import_id: int) -> None:
    import_job.work(import_id)


@app.task
def sweep_imports() -> None:
    import_job.sweep()
