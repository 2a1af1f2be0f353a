"""A mailbox's turn, kept from everybody else, and who waits for it."""


class Turn:
    """Held as long as this transaction lasts."""

    def __init__(self, line, number):
        self.line, self.number = line, number
        line.execute("SELECT pg_advisory_xact_lock(%s)", [number])

    def waiting(self):
        [number] = self.line.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND"
            " (classid::bigint << 32) | objid::bigint = %s",
            [self.number],
        ).fetchone()
        return number
