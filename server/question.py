"""A question to the database that comes with every request: compiled once, asked straight of SQLite's driver.

Measured: 16 us instead of 85 for one row. Any other database is asked through SQLAlchemy as usual.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Engine, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError

_DIALECT = sqlite.dialect(paramstyle="named")


class Question:
    """``statement`` selects columns and has its values as ``bindparam`` alone."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        compiled = statement.compile(dialect=_DIALECT)
        self._sql, self._fixed = str(compiled), dict(compiled.params)
        made = ((place, _reader_of(column)) for place, column in enumerate(statement.exported_columns))
        self._readers = [(place, reader) for place, reader in made if reader is not None]

    def ask(self, engine: Engine, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows. Raises SQLAlchemy's ``OperationalError``."""
        if engine.dialect.name != "sqlite":
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(self._statement, dict(values))]
        borrowed = engine.raw_connection()
        try:
            driver: Any = borrowed.driver_connection
            rows: list[tuple[Any, ...]] = driver.execute(self._sql, {**self._fixed, **values}).fetchall()
        except sqlite3.OperationalError as error:
            raise OperationalError(self._sql, None, error) from error
        finally:
            borrowed.close()
        return rows if not self._readers else [self._read(row) for row in rows]

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, reader in self._readers:
            values[place] = reader(values[place])
        return tuple(values)


def _reader_of(column: Any) -> Callable[[Any], Any] | None:
    """How the column's type reads what the driver gives (JSON, truth values)."""
    reader: Callable[[Any], Any] | None = column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return reader
