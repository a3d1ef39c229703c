"""What an operator may set, from the environment or a file, and what is refused."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of the service; each is also an environment variable ``KRYNICA_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="KRYNICA_", extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    model: Path | None = None
    max_bytes: int = Field(default=2_000_000, ge=1)
    """Largest body of a request, in bytes."""
    fetch: bool = False
    """Whether addresses given by users are fetched."""
