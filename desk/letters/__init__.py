"""An ask's letter: its versions, and who would get which words."""
