"""The files in `params/`, one module a file: what may change without touching code."""
