"""The tables of a corpus, one definition for SQLite and PostgreSQL.

A `name` is a canonical id as some record states it; names with one `node` mean one document of the world (`link`). An
`edge` joins two names and is never rewritten: when more becomes known, only `name.node` changes. What an edge rests on
(words, page, box) is in the record of its document, under the id of its citation.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

HEAD: Final = "0002"
"""The newest migration; a store that stands at another is migrated, or refused where it is newer."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

name = Table(
    "name",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("urn", Text, nullable=False, unique=True),
    Column("block", Text, nullable=False, index=True),
    Column("node", Integer, nullable=False, index=True),
    Column("reason", String(16), nullable=False),
    Column("candidates", Text, nullable=False, server_default=""),
    Column("type", Text),
    Column("number", Text, index=True),
    Column("date", Text),
    Column("issuer", Text),
    Column("title", Text),
    sqlite_autoincrement=False,
)
"""Names of documents held or cited; `node` is the id of the name that stands for the document."""

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", Integer, ForeignKey("name.id"), nullable=False, index=True),
    Column("newest", BigInteger, nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("system", Text),
    Column("type", Text),
    Column("number", Text),
    Column("date", Text, index=True),
    Column("issuer", Text),
    Column("level", Text),
    Column("place", Text),
    Column("subject", Text),
    Column("pages", Integer, nullable=False),
    Column("unreadable", Integer, nullable=False),
    Column("quality", Float, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("record", LargeBinary, nullable=False),
)
"""One row for each different file, with its record as compressed canonical JSON.

`newest` puts the newest first, whoever came in first (`rows.newest`); the index of words has it as its key.
"""

file = Table(
    "file",
    metadata,
    Column("path", Text, primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("bytes", BigInteger, nullable=False),
)
"""Every path under which a file was taken in; several may have the same bytes."""

failure = Table(
    "failure",
    metadata,
    Column("path", Text, primary_key=True),
    Column("sha256", String(64)),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("exit_code", Integer, nullable=False),
    Column("fingerprint", String(64), nullable=False),
)
"""Files that gave no record, with the reason."""

original = Table(
    "original",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""The files themselves, where the corpus has no folder of its own."""

edge = Table(
    "edge",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("document.id"), nullable=False, index=True),
    Column("source", Integer, ForeignKey("name.id"), nullable=False),
    Column("target", Integer, ForeignKey("name.id"), nullable=False),
    Column("relation", String(16), nullable=False),
    Column("citation", Text, nullable=False),
    Column("provision", Text),
    Column("via", String(8), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("rule", Text, nullable=False),
)
"""One row for each citation: who cites what, how, and which citation of the record says so."""

duty = Table(
    "duty",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("document.id"), nullable=False, index=True),
    Column("task", Text),
    Column("body", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("confidence", Float, nullable=False),
)
"""Who is to do what: one row for each body of a task; `task` is null for the default bodies of a document."""

due = Table(
    "due",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("document.id"), nullable=False, index=True),
    Column("task", Text),
    Column("deadline", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("value", Text),
    Column("op", String(8)),
    Column("last", String(10), index=True),
    Column("confidence", Float, nullable=False),
)
"""Until when: one row for each deadline; `last` is the last day it allows where the value tells one."""

correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("value", Text),
    Column("machine", Text),
    Column("quote", Text, nullable=False, server_default=""),
    Column("start", Integer, nullable=False, server_default="-1"),
    Column("author", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("before", Text, nullable=False, server_default=""),
    Column("after", Text, nullable=False, server_default=""),
)
"""What a person said instead of the machine's claim, anchored by file, quote, position and the words around."""

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String(32), nullable=False),
    Column("ended", String(32)),
    Column("fingerprint", String(64), nullable=False),
    Column("summary", Text, nullable=False, server_default="{}"),
)
"""History: when files were taken in, with which fingerprint, and with what result."""

Index("ix_edge_source_relation", edge.c.source, edge.c.relation)
Index("ix_edge_target_relation", edge.c.target, edge.c.relation)
Index("ix_document_series", document.c.issuer, document.c.type, document.c.date)
