"""What an operator may set, from the environment or a file, and what is refused."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from krynica.service.errors import CallError
from krynica.service.web.sentences import sentences_of

PREFIX = "KRYNICA_"
FILE = "KRYNICA_SETTINGS"
"""Environment variable that names a settings file."""
SHARED_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable of the folder in which workers count together, set while they run; the
library that counts looks for it when it is imported."""

LEAST_KEY = 16
"""Characters of the shortest key: 16 random letters and digits cannot be tried out."""
PUBLIC_RATE = 120
"""Requests a minute for one client where others than this machine can reach the service."""

_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_KEY = re.compile(r"[!-~]+")

Listed = Annotated[list[str], NoDecode]
"""A list in a file; in the environment its items stand between commas."""


class Settings(BaseSettings):
    """Settings of the service; each is also an environment variable ``KRYNICA_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    host: str = Field(default="127.0.0.1", min_length=1)
    """Address to listen on."""
    port: int = Field(default=8000, ge=0, le=65535)
    """Port to listen on; 0 for any that is free."""
    model: Path | None = None
    """Model: a folder, or a name; the one in use where none is named."""
    models: Path | None = None
    """Folder of the models that have a name; else the user's."""
    workers: int = Field(default=1, ge=1, le=64)
    """Number of processes."""
    threads: int = Field(default=2, ge=1, le=32)
    """Articles read at once by a process."""
    max_bytes: int = Field(default=2_000_000, ge=1)
    """Largest body of a request, in bytes."""
    max_articles: int = Field(default=1000, ge=1)
    """Most articles of one batch."""
    fetch: bool = False
    """Whether addresses given by users are fetched."""
    keys: Annotated[list[SecretStr], NoDecode] = []
    """Keys, one of which every request must bring; none for a service open to who reaches it."""
    hosts: Listed = []
    """Names by which the service is called, beside those of this machine."""
    proxies: Listed = []
    """Addresses or networks of reverse proxies whose ``X-Forwarded-For`` is believed."""
    rate: int | None = Field(default=None, ge=0)
    """Requests a minute for one client, 0 for any number; None leaves it to `per_minute`."""
    burst: int = Field(default=60, ge=1)
    """Requests one client may send at a stroke before `rate` tells."""
    seconds: float = Field(default=30.0, gt=0, le=3600)
    """Seconds for a request to arrive, and to wait for its turn."""
    queue: int = Field(default=64, ge=1)
    """Requests of a process that are read, wait, or are answered at once."""
    grace: int = Field(default=10, ge=0)
    """Seconds for requests under way when the service is told to stop."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take arguments first, then the environment, then the file."""
        del dotenv_settings, file_secret_settings
        named = os.environ.get(FILE)
        file = [TomlConfigSettingsSource(settings_cls, Path(named))] if named else []
        return init_settings, env_settings, *file

    @field_validator("keys", "hosts", "proxies", mode="before")
    @classmethod
    def _split(cls, given: Any) -> Any:
        if isinstance(given, str):
            return [item.strip() for item in given.split(",") if item.strip()]
        return given

    @field_validator("keys")
    @classmethod
    def _check_keys(cls, keys: list[SecretStr]) -> list[SecretStr]:
        for key in map(SecretStr.get_secret_value, keys):
            if len(key) < LEAST_KEY:
                raise ValueError(f"a key needs at least {LEAST_KEY} characters")
            if not _KEY.fullmatch(key):
                raise ValueError(
                    "a key consists of ASCII letters, digits and punctuation, without spaces"
                )
        return keys

    @field_validator("hosts")
    @classmethod
    def _check_hosts(cls, hosts: list[str]) -> list[str]:
        hosts = [host.lower() for host in hosts]
        if not all(map(_NAME.fullmatch, hosts)):
            raise ValueError("a host is a full name such as krynica.example, without port or *")
        return hosts

    @field_validator("proxies")
    @classmethod
    def _check_proxies(cls, proxies: list[str]) -> list[str]:
        for proxy in proxies:
            try:
                network = ipaddress.ip_network(proxy, strict=False)
            except ValueError:
                message = "a proxy is an address or a network such as 10.0.0.0/24, and never *"
                raise ValueError(message) from None
            if network.prefixlen == 0:
                raise ValueError("a network of all addresses cannot be trusted")
        return proxies

    @model_validator(mode="after")
    def _refuse_the_unsafe(self) -> Self:
        if not self.is_local and not self.keys:
            raise ValueError(
                f"{self.host} can be reached from other machines, so a key is needed "
                f"({PREFIX}KEYS); 127.0.0.1 needs none"
            )
        if self.fetch and self.proxies and not self.keys:
            raise ValueError(
                f"behind a proxy, fetching addresses needs a key ({PREFIX}KEYS); "
                f"{PREFIX}FETCH=false switches it off"
            )
        return self

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the address listened on."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def per_minute(self) -> int:
        """Requests a minute for one client; one's own programs on one's own machine have no limit.

        Where others can reach the service, `PUBLIC_RATE` unless `rate` says otherwise.
        """
        if self.rate is not None:
            return self.rate
        return 0 if self.is_local and not self.proxies else PUBLIC_RATE


def read_settings() -> Settings:
    """Read the environment, and the file it names.

    Raises
    ------
    service.errors.CallError
        If a setting is unknown, cannot be, or is not safe; every one is named, no value is shown.
    """
    named = os.environ.get(FILE)
    if named and not Path(named).is_file():
        raise CallError(f"There is no settings file at {named}.")
    try:
        return Settings()
    except ValidationError as error:
        said = "; ".join(sentences_of(error.errors(include_input=False, include_url=False)))
        raise CallError(f"The settings cannot be used: {said}.") from None
    except (ValueError, OSError) as error:
        raise CallError(f"{named} cannot be read as TOML.") from error
