"""Render what pages request through macros."""
