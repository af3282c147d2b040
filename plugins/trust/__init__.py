"""Check contributed text before anything renders it: nothing that runs, and nothing that publishes more than text.

A pull request brings pages, glossary entries and data. Every command that renders them calls `contributed.refuse` first, and
so do the macros when the site's engine starts (plugins/__init__.py). `built.py` judges what comes out in the end.
"""
