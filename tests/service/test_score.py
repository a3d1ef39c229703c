"""``krynica score``: texts in, verdicts out, for people and for programs."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.service.tiny import (
    CHINESE,
    COMMAND,
    JOURNALISM,
    MIXED,
    POLISH,
    PROPAGANDA,
    Run,
    environment,
)

FIELDS = [
    "source",
    "verdict",
    "p_propaganda",
    "reading",
    "genre",
    "p_persuasion",
    "language",
    "why_unclear",
    "words",
    "signals",
    "evidence",
    "model",
    "error",
]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    named = {"loud": PROPAGANDA, "calm": JOURNALISM, "mixed": MIXED, "pl": POLISH, "zh": CHINESE}
    for name, text in named.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "blank.txt").write_text(" \n\t")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    return tmp_path


def answers(out: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


def test_json_is_the_answer_with_its_source_first(texts: Path, tiny: Path, krynica: Run) -> None:
    said = krynica("score", "--json", "--model", tiny, "./loud.txt")
    assert (said.returncode, said.stderr) == (0, b"")
    (answer,) = answers(said.stdout)
    assert list(answer) == FIELDS
    assert answer["source"] == "./loud.txt"
    assert answer["verdict"] == "propaganda"
    assert answer["model"]["name"] == "tiny"
    for item in answer["evidence"]:
        if item["text"] is not None:
            assert PROPAGANDA[item["start"] : item["end"]] == item["text"]


def test_every_source_has_its_line_also_the_bad(texts: Path, tiny: Path, call: Run) -> None:
    sources = ["loud.txt", "none.txt", "calm.txt", "empty.txt", "blank.txt", "binary.txt", "."]
    said = call("score", "--json", "--model", tiny, *sources)
    assert said.returncode == 1
    found = answers(said.stdout)
    assert [answer["source"] for answer in found] == sources
    assert [answer["verdict"] for answer in found] == [
        "propaganda", None, "journalism", None, None, None, None,
    ]  # fmt: skip
    bad = [answer for answer in found if answer["verdict"] is None]
    for answer in bad:
        assert answer["error"].endswith(".")
        assert not any(answer[name] for name in FIELDS if name not in {"source", "error"})
    assert said.stderr.count(b"\n") == len(bad)
    assert all(line.startswith(b"krynica: ") for line in said.stderr.splitlines())


@pytest.mark.parametrize("source", ["none.txt", "empty.txt", "binary.txt", "ftp://host/a.txt"])
def test_a_failed_source_is_one_sentence(source: str, texts: Path, tiny: Path, call: Run) -> None:
    said = call("score", "--model", tiny, source)
    assert (said.returncode, said.stdout) == (1, b"")
    assert said.stderr.count(b"\n") == 1
    assert source.encode() in said.stderr


def test_an_address_of_this_machine_is_refused(tiny: Path, call: Run) -> None:
    said = call("score", "--model", tiny, "http://127.0.0.1:9/a.html")
    assert said.returncode == 1
    assert b"127.0.0.1" in said.stderr
    assert b"unforeseen" not in said.stderr
    assert said.stderr.count(b"\n") == 1


class SilentHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_an_address_of_this_machine_where_it_is_allowed(
    tiny: Path, tmp_path: Path, call: Run
) -> None:
    paragraphs = "".join(f"<p>{PROPAGANDA}</p>" for _ in range(3))
    (tmp_path / "a.html").write_text(
        f"<html><head><title>T</title></head><body><article>{paragraphs}</article></body></html>"
    )
    handler = partial(SilentHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/a.html"
        said = call("score", "--json", "--allow-private", "--model", tiny, address, "a.html")
        server.shutdown()
    assert said.returncode == 0
    fetched, read = answers(said.stdout)
    assert (fetched["source"], read["source"]) == (address, "a.html")
    assert fetched["verdict"] == read["verdict"] == "propaganda"
    assert fetched["words"] == read["words"]


def test_standard_input_and_a_told_language(tiny: Path, krynica: Run) -> None:
    said = krynica(
        "score", "--json", "--lang", "PL", "--model", tiny, "-", stdin=PROPAGANDA.encode()
    )
    (answer,) = answers(said.stdout)
    assert (answer["source"], answer["language"]) == ("-", "pl")


def test_for_people_in_a_pipe(texts: Path, tiny: Path, krynica: Run) -> None:
    said = krynica("score", "--model", tiny, "loud.txt", "mixed.txt", "zh.txt")
    assert said.returncode == 0
    lines = said.stdout.decode().splitlines()
    assert lines[0] == "PROPAGANDA  reads like propaganda · >0.99 · loud.txt"
    assert any(line.startswith("UNCLEAR  no clear verdict either way · 0.") for line in lines)
    assert "UNCLEAR  no clear verdict either way · zh.txt" in lines
    assert any(line.startswith("  why unclear: The text is in “zh”") for line in lines)
    assert any(line.endswith("“puppet”") and " +" in line for line in lines)
    assert b"\x1b" not in said.stdout
    assert not {*said.stdout.decode()} & {*"─│┌┐└┘├┤╭╮╰╯━┃"}
    assert max(map(len, lines)) > 100


def on_a_terminal(*words: str, folder: Path, **env: str) -> str:
    """Run the command with a terminal as its standard output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *words], cwd=folder, env=environment(TERM="xterm", **env), stdout=theirs
    ) as process:
        os.close(theirs)
        out = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not more:
                break
            out += more
    os.close(ours)
    assert process.returncode == 0
    return out.decode()


def test_colours_on_a_terminal_and_none_where_not_wanted(texts: Path, tiny: Path) -> None:
    words = ("score", "--model", str(tiny), "loud.txt")
    assert "\x1b[" in on_a_terminal(*words, folder=texts, NO_COLOR="")
    assert "\x1b" not in on_a_terminal(*words, folder=texts, NO_COLOR="1")


HOSTILE = (
    "The [bold]puppet[/] regime\x1b[31m spreads\x1b]0;owned\x07 hysteria \u202eyebo\u202c "
    f"and its \x9b2J stooges obey [link=file:///etc/passwd]here[/link]. {PROPAGANDA}"
)


def test_a_text_cannot_command_the_terminal(tiny: Path, tmp_path: Path, krynica: Run) -> None:
    (tmp_path / "a.txt").write_text(HOSTILE, "utf-8")
    shown = on_a_terminal("score", "--model", str(tiny), "a.txt", folder=tmp_path, NO_COLOR="1")
    piped = krynica("score", "--model", tiny, "a.txt").stdout.decode()
    for out in (shown, piped):
        assert not {*out} & {*"\x1b\x07\x9b\u202e\u202c"}
        assert "[bold]puppet[/]" in out
    coloured = on_a_terminal("score", "--model", str(tiny), "a.txt", folder=tmp_path)
    assert "\x1b]" not in coloured
    assert "[bold]puppet[/]" in coloured


def test_json_of_a_hostile_text_is_one_safe_line(tiny: Path, tmp_path: Path, krynica: Run) -> None:
    text = f"The puppet \x85 and \u2028 regime. {HOSTILE}"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    out = krynica("score", "--json", "--model", tiny, "a.txt").stdout.decode()
    assert len(out.splitlines()) == 1
    assert not {*out} & {*"\x1b\x07\x9b\u202e\u202c\x85\u2028"}
    answer = json.loads(out)
    places = [item for item in answer["evidence"] if item["text"] is not None]
    assert places
    assert all(text[item["start"] : item["end"]] == item["text"] for item in places)


def test_json_is_utf8_in_any_locale(texts: Path, tiny: Path, krynica: Run) -> None:
    said = krynica(
        "score", "--json", "--model", tiny, "zh.txt",
        env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert said.returncode == 0
    assert "“zh”" in answers(said.stdout)[0]["why_unclear"][0]["note"]


def test_a_name_that_is_no_unicode(tiny: Path, tmp_path: Path, krynica: Run) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text(PROPAGANDA)
    said = krynica("score", "--json", "--model", tiny, name)
    assert said.returncode == 0
    assert json.loads(said.stdout)["source"] == name
    assert krynica("score", "--model", tiny, name).returncode == 0


def test_a_text_of_five_megabytes(tiny: Path, tmp_path: Path, call: Run) -> None:
    text = PROPAGANDA * (5_000_000 // len(PROPAGANDA))
    (tmp_path / "a.txt").write_text(text)
    said = call("score", "--json", "--model", tiny, "a.txt")
    (answer,) = answers(said.stdout)
    assert answer["words"] == len(text.split())
