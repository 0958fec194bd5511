"""Linking: names of documents go in; which of them mean one document of the world, and why, comes out.

Nothing here knows a database: `store` keeps names and edges and asks this room what they mean.
"""
