"""Understand a request in people's words: which tasks it names, which it rules out, and in which language it is written.

What it knows was learnt from the example requests in data/requests/ (plugins/compiler/requests/ does that). Here is only
what applies it, in the standard library: `features` cuts a text into what counts, `classifier` weighs that, `context` adds
what words mean beside each other, `lanes` makes both quick, `clauses` cuts long requests, `language` names the language,
and `request_reader` puts all of it together.
"""
