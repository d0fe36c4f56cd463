"""Filling in a project by answering questions: which one comes next, what was typed, and what that becomes in the file.

Pure: nothing here asks, reads a file or writes one.
"""
