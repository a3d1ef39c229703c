"""Settings: what is taken, and what is refused with one sentence before anything listens."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from krynica.service.errors import CallError
from krynica.service.web.settings import Settings, read_settings
from tests.service.tiny import COMMAND, environment
from tests.web.server import Server, serving

KEY = "key-of-tests-0123456789"


def serve(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "serve", *map(str, words)],
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


UNSAFE: list[tuple[dict[str, str], str]] = [
    ({"KRYNICA_HOST": "0.0.0.0"}, "KRYNICA_KEYS"),  # noqa: S104
    ({"KRYNICA_HOST": "::"}, "KRYNICA_KEYS"),
    ({"KRYNICA_HOST": ""}, "host: "),
    ({"KRYNICA_HOST": "krynica.example"}, "KRYNICA_KEYS"),
    ({"KRYNICA_HOST": "0.0.0.0", "KRYNICA_FETCH": "true"}, "KRYNICA_KEYS"),  # noqa: S104
    ({"KRYNICA_FETCH": "true", "KRYNICA_PROXIES": "127.0.0.1"}, "behind a proxy"),
    ({"KRYNICA_KEYS": "canary"}, "16 characters"),
    ({"KRYNICA_KEYS": f"{KEY},canary"}, "16 characters"),
    ({"KRYNICA_KEYS": "canary canary canary"}, "without spaces"),
    ({"KRYNICA_PROXIES": "*"}, "never *"),
    ({"KRYNICA_PROXIES": "0.0.0.0/0"}, "all addresses"),
    ({"KRYNICA_HOSTS": "*"}, "without port or *"),
    ({"KRYNICA_HOSTS": "a.example:80"}, "without port or *"),
    ({"KRYNICA_PORT": "canary"}, "port: "),
    ({"KRYNICA_PORT": "70000", "KRYNICA_WORKERS": "0"}, "workers: "),
    ({"KRYNICA_MAX_BYTES": "-1"}, "max_bytes: "),
    ({"KRYNICA_SETTINGS": "/nowhere/canary.toml"}, "/nowhere/"),
]


@pytest.mark.parametrize(("env", "sentence"), UNSAFE)
def test_what_is_refused(
    env: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CallError) as refused:
        read_settings()
    said = str(refused.value)
    assert sentence in said
    assert "\n" not in said
    assert "canary" not in said.replace("/nowhere/canary.toml", "")


def test_a_refusal_is_one_line_and_status_2(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('port = "canary"\nprot = 1\nkeys = ["canary"]\n', "utf-8")
    refused = serve("--settings", file)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith("krynica: The settings cannot be used: ")
    assert refused.stderr.count("\n") == 1
    for word in ("port: ", "“prot”", "16 characters"):
        assert word in refused.stderr
    assert "canary" not in refused.stderr


def test_a_public_address_wants_a_key() -> None:
    refused = serve("--host", "0.0.0.0")  # noqa: S104
    assert refused.returncode == 2
    assert "a key is needed" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"canary = = 1 \xff")
    refused = serve("--settings", file)
    assert refused.returncode == 2
    assert "TOML" in refused.stderr
    assert "canary" not in refused.stderr


def test_a_model_that_was_changed(tmp_path: Path) -> None:
    refused = serve("--model", tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


def test_a_port_that_is_taken(service: Server) -> None:
    refused = serve("--port", str(service.port))
    assert refused.returncode == 1
    assert f"Port {service.port} of 127.0.0.1 cannot be used" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_words_stand_above_the_environment_and_that_above_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'port = 1\nworkers = 2\nkeys = ["{KEY}"]\nhosts = ["a.example"]\n', "utf-8")
    monkeypatch.setenv("KRYNICA_SETTINGS", str(file))
    monkeypatch.setenv("KRYNICA_WORKERS", "3")
    read = read_settings()
    assert (read.port, read.workers, read.hosts) == (1, 3, ["a.example"])
    assert read.keys[0].get_secret_value() == KEY
    assert KEY not in repr(read)
    assert KEY not in read.model_dump_json()


def test_a_file_is_heeded_by_workers(tmp_path: Path, tiny: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'keys = ["{KEY}"]\nmodel = "{tiny}"\n', "utf-8")
    with serving("--settings", file, "--workers", "2") as server:
        assert server.client.get("/v1/model").status_code == 401
        assert (
            server.client.get("/v1/model", headers={"Authorization": f"Bearer {KEY}"}).json()[
                "name"
            ]
            == "tiny"
        )
        assert KEY not in server.output


def test_who_is_limited_unless_told_otherwise() -> None:
    assert Settings().per_minute == 0
    assert Settings(proxies=["127.0.0.1"]).per_minute > 0
    assert Settings(host="192.0.2.1", keys=[KEY]).per_minute > 0  # type: ignore[list-item]
    assert Settings(rate=7).per_minute == 7
