"""An ask's questions: written, ordered, taken away, and what was answered."""
