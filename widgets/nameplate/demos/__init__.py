"""Demonstrations of the guide: small calculations that a reader changes while they run.

`controls` are what a reader changes, `demonstration` is what a page and its worker call, and `registry` finds a
demonstration by name. Each of the other modules is one demonstration, or the calculation behind it. Browsers load this
folder as a file of its own, and only on pages that have a demonstration.
"""
