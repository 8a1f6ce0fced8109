"""Checks that SQL can't make: what commentary says in words, compared with the store."""
