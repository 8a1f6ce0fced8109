"""What can be typed after `run_month.py` or `scorecard`: one function a command.

console  how a command starts, and ends at Ctrl-C
publish  run and publish a month: the method
check_and_status   what is odd in a month before it is published, and what is published
loads    results come in and are revised: load, describe, loads, history, diff
places   the options that say where the workbook, its outputs and the notebooks are
usage    how people type commands, and how an unclear one is answered
"""
