"""Check the name of a model that isn't published yet: how this decoder and other programs would read it.

`gguf`, `hub` and `ollama` follow the rules of others, `collisions` looks for what a maker may not have meant, `proposal`
writes a better name, and `check` puts it all together.
"""
