"""How deliveries stand, and what makes their time come, in SQL."""

STANDING = (
    "SELECT state, lease_until IS NULL, attempts_made, crashes, count(*) FROM worker_delivery GROUP"
    " BY 1, 2, 3, 4"
)
# What waits for its time, or for a closed way to be tried again, has waited long enough.
DUE = (
    "UPDATE worker_delivery SET due_at = now() WHERE state = 'queued' AND due_at > now()",
    "UPDATE worker_lane SET open_until = least(open_until, now()), ring_at = least(ring_at, now())",
)
# No live process holds them when this is said: in production the lease's own 330 s say so.
AGE = (
    "UPDATE worker_delivery SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT"
    " NULL"
)
