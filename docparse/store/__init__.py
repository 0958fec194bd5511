"""The corpus store: records go in; documents, edges with evidence, search and chains come out.

Over SQLite, one file in the corpus folder, or PostgreSQL by URL.
"""
