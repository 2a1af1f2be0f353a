"""People who act and allow us to say so: told by themselves, read by somebody here, shown until
they take it back. Whoever thinks of them stores nothing of them.
"""
