"""``krynica batch`` on archives of growing size: cost an article, memory, and workers.

``python benchmarks/scale.py [TABLE...] --rows 2000 20000 200000`` makes archives by sampling the
articles of labelled tables (column ``text``), or of ``data/samples``, and perturbing them: a tenth
of the sentences go, the others change places, and every tenth word gives way to another of the
same text, so that no two are near-repeats. Each archive is scored by two workers, and printed are

- CPU seconds of all processes an article, beside those of the smallest archive (the reference),
  as they are and without the start, which is what a table of one row costs;
- memory of all processes together (proportional set size): its peak, and that of each quarter of
  the run, which shows whether it is flat.

Then 1 and 2 workers of each engine on ``--compare`` rows: seconds of the clock, and how many times
faster than one joblib worker. Compare on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from perturbed import perturbed
from processes import Cost, measure

ROOT = Path(__file__).resolve().parent.parent
_GROUP = 4096


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", type=Path)
    parser.add_argument("--rows", nargs="+", type=int, default=[2000, 20_000, 200_000])
    parser.add_argument("--compare", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="Where archives go; else a temporary folder.")
    options = parser.parse_args()
    texts = _texts(options.tables)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        start = _score(_archive(folder, texts, 1), "joblib", 2)
        print(
            f"start: {start.seconds:.1f} s, {start.cpu:.1f} s CPU, {start.peak:.0f} MB", flush=True
        )
        _sizes(folder, texts, options.rows, start)
        if options.compare:
            _workers(_archive(folder, texts, options.compare), options.compare)


def _sizes(folder: Path, texts: list[str], sizes: list[int], start: Cost) -> None:
    reference: tuple[float, float] | None = None
    for rows in sorted(sizes):
        archive = _archive(folder, texts, rows)
        cost = _score(archive, "joblib", 2)
        each = cost.cpu / rows * 1000, (cost.cpu - start.cpu) / rows * 1000
        reference = reference or each
        quarters = ", ".join(f"{cost.between(q / 4, (q + 1) / 4):.0f}" for q in range(4))
        print(
            f"{rows:,} articles, {archive.stat().st_size / 1e6:.0f} MB: {cost.seconds:.0f} s, "
            f"{each[0]:.2f} ms CPU an article (x{each[0] / reference[0]:.2f}), "
            f"{each[1]:.2f} without the start (x{each[1] / reference[1]:.2f}); "
            f"memory at most {cost.peak:.0f} MB, by quarters {quarters}",
            flush=True,
        )
        print("  " + cost.said.replace("krynica: ", "").strip().replace("\n", "; "), flush=True)
        archive.unlink()


def _workers(archive: Path, rows: int) -> None:
    reference = None
    for engine, number in (("joblib", 1), ("joblib", 2), ("dask", 1), ("dask", 2)):
        cost = _score(archive, engine, number)
        reference = reference or cost.seconds
        print(
            f"{engine}, {number} workers, {rows:,} articles: {cost.seconds:.1f} s, "
            f"{rows / cost.seconds:.0f} a second, x{reference / cost.seconds:.2f}; "
            f"{cost.cpu:.1f} s CPU, memory at most {cost.peak:.0f} MB",
            flush=True,
        )


def _score(archive: Path, engine: str, workers: int) -> Cost:
    output = archive.with_name(f"scored-{engine}-{workers}.parquet")
    command = [
        sys.executable,
        "-m",
        "krynica.service.cli",
        "batch",
        str(archive),
        "-o",
        str(output),
    ]
    cost = measure([*command, "--engine", engine, "--workers", str(workers)], PYTHONPATH=str(ROOT))
    output.unlink()
    return cost


def _texts(tables: list[Path]) -> list[str]:
    if tables:
        frames = [pd.read_parquet(table, columns=["text"]) for table in tables]
        found: list[str] = pd.concat(frames)["text"].dropna().tolist()
        return found
    return [path.read_text("utf-8") for path in sorted((ROOT / "data/samples").glob("*.txt"))]


def _archive(folder: Path, texts: list[str], rows: int) -> Path:
    """Write an archive piece by piece, so that its making leaves no mark on this process."""
    path = folder / f"{rows}.parquet"
    schema = pa.schema([("text", pa.string())])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        made = perturbed(texts, rows)
        while chunk := [text for _, text in zip(range(_GROUP), made, strict=False)]:
            writer.write_table(pa.table({"text": chunk}, schema=schema))
    return path


if __name__ == "__main__":
    main()
