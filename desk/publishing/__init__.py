"""What is published, at the desk: its words, when it is there, its page before it is."""
