"""Exports: records in, other forms of them out; one module for each."""
