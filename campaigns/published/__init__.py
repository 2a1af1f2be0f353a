"""What is published: when it is there, where its address leads afterwards, what was corrected."""
