"""Executed notebooks become pages: HTML, drawings, downloads, the index and PDF.

Nothing here runs a notebook or decides a figure: a page is made from what the notebook holds.
"""
