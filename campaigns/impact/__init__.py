"""What became of the work: figures, counted or set by hand, and how wins moved from state to
state.
"""
