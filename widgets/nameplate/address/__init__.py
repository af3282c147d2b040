"""Split what was pasted into the parts of an address and the text that the model's author wrote."""
