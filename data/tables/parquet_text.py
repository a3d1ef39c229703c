"""Text in tables of Arrow's that is none, or more than any article has."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from krynica.data.tables.lines import LIMIT


def decoded(table: pa.Table) -> pa.Table:
    """Return a table whose cells stand in it themselves, not in dictionaries."""
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table.column(place).cast(field.type.value_type)
            table = table.set_column(place, field.name, column)
    return table


def mended(table: pa.Table) -> tuple[pa.Table, list[int]]:
    """Return a table whose columns of text are UTF-8, and the numbers of the rows changed."""
    changed: set[int] = set()
    for place, name in enumerate(table.column_names):
        if not is_text(table.column(place).type):
            continue
        cells = table.column(place).cast(pa.large_binary()).to_pylist()
        texts = [None if cell is None else cell.decode("utf-8", "replace") for cell in cells]
        pairs = enumerate(zip(texts, cells, strict=True))
        changed.update(
            row for row, (text, cell) in pairs if text is not None and text.encode() != cell
        )
        table = table.set_column(place, name, pa.array(texts, pa.large_string()))
    return table, sorted(changed)


def cut(table: pa.Table) -> tuple[pa.Table, list[int]]:
    """Return a table without texts that no article has, and the numbers of the rows changed."""
    changed: set[int] = set()
    for place, name in enumerate(table.column_names):
        column = table.column(place)
        if not is_text(column.type) or column.nbytes <= LIMIT:
            continue
        texts = column.cast(pa.large_string())
        sizes = pc.utf8_length(texts)
        rows = pc.indices_nonzero(pc.greater(sizes, LIMIT)).to_pylist()
        if rows:
            changed.update(rows)
            kept = pc.if_else(pc.less_equal(sizes, LIMIT), texts, pa.scalar(None, texts.type))
            table = table.set_column(place, name, kept)
    return table, sorted(changed)


def is_text(kind: pa.DataType) -> bool:
    """Tell whether a type is one of Arrow's for text."""
    alike = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(is_kind(kind) for is_kind in alike)
