"""What comes back by mail, and from those who carried it: read, matched to its delivery, kept as a
Return, and drawn conclusions from.
"""
