"""Pages that anybody may read: of an issue, of bills, of states."""
