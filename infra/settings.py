"""What an installation may set, read from the environment only.

Every name starts with `ANJUAN_`, except the two the world already uses: `DATABASE_URL` and
`TEMPORAL_ADDRESS`. A secret may lie in a file named by `…_FILE`, as container platforms do it.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, JsonValue, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from typing_extensions import override

PREFIX = "ANJUAN_"
PAGE = "docs/reference/settings.md"
SANDBOX_KEY = "sandbox-only-key-never-for-production"
FAILPOINT_MODE = re.compile(r"(crash|hang|raise)(@[1-9][0-9]*)?")
READ_ELSEWHERE = frozenset(  # by tools and tests, before any settings are loaded
    {"ANJUAN_PROFILE", "ANJUAN_TEMPORAL_BIN", "ANJUAN_TEMPORAL_CACHE"}
)
LAST_PORT = 65_535
ROOT_DATA = Path("/var/lib/anjuan")
_SECRET: dict[str, JsonValue] = {"secret": True}


def default_data() -> Path:
    """Return `.anjuan` of the working folder; as root a folder that other accounts can reach."""
    return ROOT_DATA if os.geteuid() == 0 else Path(".anjuan")


@dataclass(frozen=True, slots=True)
class BadSetting:
    """One setting that cannot be used: its name as written in the environment, and why."""

    name: str
    reason: str


class BadSettingsError(Exception):
    """The environment names settings that cannot be used; `faults` lists all of them at once."""

    code = "settings.invalid"

    def __init__(self, faults: tuple[BadSetting, ...]) -> None:
        lines = [f"  {fault.name}: {fault.reason}" for fault in faults]
        super().__init__(
            "\n".join(
                [
                    "设置有误，请逐项改正 · settings to correct:",
                    *lines,
                    f"说明 · explained in {PAGE}",
                ]
            )
        )
        self.faults = faults


class Settings(BaseSettings):
    """The settings of one process. Wrong ones stop the start: see `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="ignore", frozen=True, env_ignore_empty=True
    )

    env: Literal["sandbox", "production"] = Field(
        "sandbox", description="sandbox: movable clock and seeded logins; production: neither"
    )
    database_url: str = Field(
        "postgresql+psycopg2://anjuan@127.0.0.1:5432/anjuan",
        validation_alias="DATABASE_URL",
        description="PostgreSQL 15 or newer",
        json_schema_extra=_SECRET,
        repr=False,
    )
    pool_size: int = Field(
        8, ge=2, le=100, description="database connections, and as many worker threads"
    )
    temporal_address: str = Field(
        "127.0.0.1:7233",
        validation_alias="TEMPORAL_ADDRESS",
        pattern=r"^[^\s:/]+:\d+$",
        description="host:port of the Temporal frontend",
    )
    temporal_namespace: str = Field("default", min_length=1, description="Temporal namespace")
    temporal_labels: bool = Field(
        default=False,
        description="the namespace has the search attribute `AnjuanProcedure` (Keyword)",
    )
    task_queue: str = Field("anjuan", min_length=1, description="task queue of the workers")
    max_cached_workflows: int = Field(
        200, ge=0, description="workflows kept in a worker's memory; 0: every one starts cold"
    )
    workflow_task_timeout: float = Field(
        10.0, gt=0, le=120, description="seconds before a silent worker's task is given to another"
    )
    workflow_sandbox: bool = Field(
        default=False,
        description="run workflow code in the SDK's sandbox (twice the CPU; tests only)",
    )
    reconciler_interval: float = Field(
        60.0,
        gt=0,
        le=3600,
        description="seconds within which what was left lying is found and woken",
    )
    failpoints: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict,
        description="fault injection, `point=crash|hang|raise,…` (`crash@3`: at the third pass"
        " only); refused in production",
    )
    api_host: str = Field("127.0.0.1", min_length=1, description="address the web process binds")
    api_port: int = Field(8080, ge=0, le=65535, description="port of the web process; 0: any free")
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^\s/]+)?$",
        description="address people use, without a path; https in production",
    )
    secret_key: str = Field(
        SANDBOX_KEY,
        min_length=32,
        description="signs sessions and cursors; at least 32 characters",
        json_schema_extra=_SECRET,
        repr=False,
    )
    data: Path = Field(
        default_factory=default_data,
        description="folder of materials and local servers; `.anjuan`, as root `/var/lib/anjuan`",
    )
    files: str = Field(
        "",
        pattern=r"^(s3://[^\s/]+(/\S*)?)?$",
        description="`s3://bucket/prefix` for materials and letters, with AWS_ENDPOINT,"
        " AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY beside it; empty: the folder of the data",
    )
    fonts: Path = Field(
        Path("/usr/share/fonts"),
        description="folder with Noto Serif CJK, in which letters are printed; without it they"
        " come as HTML, and as PDF once the font is there",
    )
    webhook_allow: str = Field(
        "",
        description="ranges beside the public ones to which processes may make calls, also by http"
        " and to any port, such as `10.20.0.0/16,127.0.0.0/8`",
    )
    office_mark: str = Field(
        "案卷演示", min_length=1, max_length=20, description="机关代字, stands before 〔年份〕序号"
    )
    message_hours: int = Field(
        24,
        ge=0,
        le=24 * 366,
        description="hours for which a process keeps a message that nothing waits for yet, where"
        " its sender says no time; 0: it is refused",
    )
    public_tenant: str = Field(
        "demo", min_length=1, max_length=100, description="tenant whose directory anybody may read"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="least grave line that is logged"
    )
    log_retention_days: int = Field(
        183, ge=1, description="days the operator keeps network logs; production: 183 or more"
    )

    @field_validator("database_url")
    @classmethod
    def _name_the_driver(cls, value: str) -> str:
        scheme, found, rest = value.partition("://")
        if not found or scheme.partition("+")[0] not in {"postgresql", "postgres"}:
            raise ValueError("不是 PostgreSQL 地址 · not a postgresql:// address")
        named = f"postgresql+psycopg2://{rest}"  # SQLAlchemy 2.1 reads postgresql:// as psycopg 3
        if not _connects(named):  # what a library says of it may hold a part of the password
            raise ValueError(
                "端口须为数字，密码中的 @ 写作 %40，多台主机写作 ?host=甲:5432&host=乙:5432"
                " · the port is a number, @ in a password is written %40, and several hosts"
                " ?host=a:5432&host=b:5432"
            )
        return named

    @field_validator("webhook_allow")
    @classmethod
    def _check_ranges(cls, value: str) -> str:
        for part in filter(None, map(str.strip, value.split(","))):
            ip_network(part)  # ValueError names what is wrong
        return value

    @field_validator("failpoints", mode="before")
    @classmethod
    def _split_failpoints(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [part.strip().partition("=") for part in value.split(",") if part.strip()]
        for point, _, mode in pairs:
            if not point or not FAILPOINT_MODE.fullmatch(mode):
                raise ValueError(f"{point!r}: point=crash|hang|raise, or point=crash@3")
        return {point: mode for point, _, mode in pairs}

    @model_validator(mode="after")
    def _refuse_what_is_unsafe(self) -> Self:
        if self.env == "production" and (faults := list(_unsafe(self))):
            raise ValueError("; ".join(faults))
        return self

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _SecretFiles(settings_cls)


def _connects(url: str) -> bool:
    """Say whether the driver can read where to connect."""
    from sqlalchemy import make_url  # noqa: PLC0415  – slow to load, and not for every command
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415  – the same

    try:
        read = make_url(url)
        read.get_dialect()().create_connect_args(read)
    except (ArgumentError, ValueError):
        return False
    return "@" not in (read.host or "") and (read.port is None or 0 < read.port <= LAST_PORT)


class _SecretFiles(PydanticBaseSettingsSource):
    """Reads a secret from the file that `…_FILE` names; a plain value wins over it."""

    @override
    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    @override
    def __call__(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, field in self.settings_cls.model_fields.items():
            path = os.environ.get(f"{environment_name(name, field)}_FILE")
            if path and is_secret(field):
                values[str(field.validation_alias or name)] = Path(path).read_text().strip()
        return values


def load_settings(**given: Any) -> Settings:  # noqa: ANN401  – each field's type is checked inside
    """Read the environment; `given` (by field name) wins over it.

    Raises:
        BadSettingsError: listing every setting that is unknown, malformed or unsafe.
    """
    faults = list(_unknown(os.environ))
    renamed = {str(Settings.model_fields[k].validation_alias or k): v for k, v in given.items()}
    try:
        settings = Settings(**renamed)
    except ValidationError as error:
        faults += _readable(error)
    except OSError as error:
        faults.append(BadSetting(f"{PREFIX}…_FILE", str(error)))
    else:
        if not faults:
            return settings
    raise BadSettingsError(tuple(faults))


def environment_name(name: str, field: FieldInfo) -> str:
    """Return the environment variable of the field called `name`."""
    return str(field.validation_alias or f"{PREFIX}{name}".upper())


def is_secret(field: FieldInfo) -> bool:
    """Say whether the field's value must never be shown."""
    return field.json_schema_extra == _SECRET


def _unsafe(settings: Settings) -> Iterator[str]:
    if settings.secret_key == SANDBOX_KEY:
        yield "ANJUAN_SECRET_KEY 未设置 · must be set"
    if not settings.public_url.startswith("https://"):
        yield "ANJUAN_PUBLIC_URL 须为 https:// 地址 · must be an https:// address"
    if settings.failpoints:
        yield "ANJUAN_FAILPOINTS 不得设置 · must not be set"
    if settings.log_retention_days < 183:  # noqa: PLR2004  – the network log's months, not a term
        yield "ANJUAN_LOG_RETENTION_DAYS 不得少于 183 · 183 or more"
    if settings.log_level == "debug":
        yield "ANJUAN_LOG_LEVEL 不得为 debug · must not be debug"


def _unknown(environ: Mapping[str, str]) -> Iterator[BadSetting]:
    known = {environment_name(name, field) for name, field in Settings.model_fields.items()}
    known |= {f"{name}_FILE" for name in known} | READ_ELSEWHERE
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            yield BadSetting(name, "没有这项设置 · no such setting")


def _readable(error: ValidationError) -> Iterator[BadSetting]:
    for fault in error.errors(include_url=False, include_input=False):
        place = str(fault["loc"][0]) if fault["loc"] else "env"
        field = Settings.model_fields.get(place)
        name = environment_name(place, field) if field else place
        yield BadSetting(name, fault["msg"].removeprefix("Value error, "))
