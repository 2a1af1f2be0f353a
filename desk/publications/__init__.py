"""News, reports and briefs at the desk: what each is about, and its file. Words and times are as
those of all that is published (desk.publishing).
"""
