"""Sign-on letters at the desk: deadline, organizations, delivery. Words and times are as those of
all that is published (desk.publishing).
"""
