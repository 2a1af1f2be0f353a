"""What changed in a campaign, word by word, and putting an earlier version back."""
