"""What a Postfix in front of the sink would have written down, line by line."""

import datetime as dt
from itertools import count


def write_down(sink, log):
    """From now on every message that the sink takes stands in this log, before its sender hears."""
    numbers, keep = count(1), sink.keep

    def keep_and_log(caught):
        queue, at = f"4DRILL{next(numbers):06d}", dt.datetime.now(dt.UTC).isoformat()
        begin = f"{at} relay postfix"
        with sink.lock, log.open("a") as file:
            file.write(
                f"{begin}/cleanup[1]: {queue}: message-id={caught.message_id}\n"
                f"{begin}/qmgr[2]: {queue}: from=<{caught.sender}>, size=1, nrcpt=1 (queue active)\n"
                f"{begin}/smtp[3]: {queue}: to=<{caught.recipient}>, relay=mx.example[192.0.2.1]:25,"
                " delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok)\n"
                f"{begin}/qmgr[2]: {queue}: removed\n"
            )
        keep(caught)

    sink.keep = keep_and_log
