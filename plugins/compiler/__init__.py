"""Compile the catalogue into the tables that the package loads."""
