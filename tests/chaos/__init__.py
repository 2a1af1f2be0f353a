"""Things break on purpose while people act: nothing may be lost, nothing sent twice, nothing called
sent that is not (issue 4).

`runner` plays a seeded script (`play`, `crowd`) against the whole house in real processes (`house`,
`servers`, `sink`), while
`faults` drawn by the same seed happen; then `checker` asks the database and the mail server, one
function for each invariant.
`defects` are pieces of our own code made worse: each must turn a named invariant red, else the
checker is worth nothing.
"""
