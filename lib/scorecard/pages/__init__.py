"""Executed notebooks become pages: HTML, drawings, downloads, the index, PDF and Word.

Nothing here runs a notebook or decides a figure: a page is made from what the notebook holds.
"""
