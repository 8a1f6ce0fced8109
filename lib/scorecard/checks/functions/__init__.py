"""Checks that SQL can't make: what commentary says in words, held against the store."""
