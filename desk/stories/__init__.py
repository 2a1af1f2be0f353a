"""Stories at the desk: read by two, refused, handed on, entered for somebody who told it here."""
