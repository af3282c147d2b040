"""Make what the widgets load in the reader's browser.

stock.py is the plain path: Pyodide as published, and the package's wheel. Each module of layers/ makes it faster or
smaller, and says what it saves and what it assumes. `python -m plugins.bundle --list` prints them.
"""
