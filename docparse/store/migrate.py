"""Versions of the store: an engine goes in; its tables are brought to this version, or the store is refused.

The steps are alembic's, in `migrations/versions`; the store says in `alembic_version` at which it stands.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from docparse.errors import StoreError
from docparse.store import schema

HERE = Path(__file__).parent / "migrations"


def migrate(engine: sa.Engine, where: object) -> None:
    """Bring the store to `schema.HEAD`, from nothing or from any older version, in one transaction.

    Raises StoreError where the store was written by a newer docparse.
    """
    with engine.connect() as connection:
        version = _version(connection)
    if version == schema.HEAD:
        return
    config = configuration()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            f"{where}: the corpus is of a newer version ({version}, this docparse knows {schema.HEAD}); update docparse"
        )
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def configuration() -> Config:
    """Alembic's configuration for our migrations."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return config


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
