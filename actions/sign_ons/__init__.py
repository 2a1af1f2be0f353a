"""Organizations sign a coalition's letter: their form, their mailbox, what people here decide, and
the public list.
"""
