"""Look into a model's files: what they say, what their name says, and where the two disagree.

Only headers are read, never weights, and no more of them than the file itself can hold. `inspector.py` is where to begin.
"""
