"""The steps, one module each, named for their number and what they do."""
