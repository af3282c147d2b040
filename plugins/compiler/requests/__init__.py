"""Learn from the example requests in data/requests/ what the picker understands: `python -m plugins.compiler.requests`."""
