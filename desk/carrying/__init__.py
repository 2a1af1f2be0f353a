"""A campaign again: cloned, or carried to another state and looked through."""
