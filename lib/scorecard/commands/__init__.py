"""What can be typed after `run_month.py`, besides a month: one function a command, in two rooms.

packs    what is published, and what is odd before it is: check, status
loads    results come in and are revised: load, loads, history, diff
places   the options that say where things lie
usage    how people type commands, and how an unclear one is answered
"""
