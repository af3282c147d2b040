"""Load and check the data files that people edit."""
