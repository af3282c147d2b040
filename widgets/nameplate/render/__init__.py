"""How a reading is shown: in words, as HTML, Markdown, plain text, rows of a list, side by side with others.

`labels` says what the keys of a reading are called, `summary` describes a model in one sentence, and `view` decides what
is shown in which order. `html` and `text` write one reading, `comparison` and `comparison_html` several side by side,
`listing` thousands, and `report` one that wasn't understood. `memory_html`, `memory_text`, `pick_html` and `pick_text`
write estimates and choices.
"""
