"""Make what the widgets load in the reader's browser."""
