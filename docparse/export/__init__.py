"""Exports: records in, other forms of them out; one module for each form (docparse/export/formats.py lists them)."""
