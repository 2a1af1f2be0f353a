"""Forms of the desk that are not saved yet, kept on the server for their author alone."""
