"""People who act, at the desk: read, accepted or not, and then as all that is published
(desk.publishing). Nobody begins one here: each is told by the person it is about.
"""
