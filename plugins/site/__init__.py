"""Render what pages ask for through macros."""
