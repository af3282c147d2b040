"""How a reading is shown: in words, as HTML, Markdown, plain text, rows of a list, side by side with others.

What a key of a reading is called stands in `labels`, the one sentence about a model in `summary`, and what is shown in
which order in `view`. `render` makes HTML of that and `plain` everything else; `comparison` and `render_comparison` do so
for several names, `listing` for thousands, `report` for one that was not understood.
"""
