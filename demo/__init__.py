"""The demonstration: a made-up organization in the made-up state of Franklin, its campaigns, and a
month of people taking part.

Everything carries `is_demo` or hangs on a row that does, so that it can be taken away again. Nobody
in it is real: mail addresses are at domains reserved for examples, phone numbers in 555-01xx.
"""
