"""Looks over one machine: each fault with its remedy. Starts, builds and changes nothing."""

import http.client
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlsplit

import psycopg2
from sqlalchemy import make_url

from infra.db import driver_connection
from infra.law_data import load_calendar
from infra.letters.press import FAMILY, has_font
from infra.local.accounts import server_account
from infra.local.faults import LocalFaultError
from infra.local.folder import DataFolder
from infra.local.ports import LOOPBACK, is_free
from infra.local.postgres import find_programs
from infra.local.temporal import find_temporal
from infra.local.temporal_build import SPACE
from infra.local.temporal_server import namespace_answers
from infra.settings import BadSettingsError, load_settings

ENOUGH_SPACE = 1024**3  # bytes for the data
LARGEST_SKEW = 5.0  # seconds between this machine's clock and the database's
USUAL_PORTS = (8080, 7233, 5432)


class Grade(StrEnum):
    """How much a finding matters."""

    FINE = "ok"
    NOTICE = "notice"  # works, but somebody should know
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one look found."""

    what: str
    grade: Grade
    detail: str
    remedy: str = ""  # empty when there is nothing to do


def examine(folder: DataFolder) -> Iterator[Finding]:
    """Look at settings, data, servers, processes, clock, calendar, fonts and ports."""
    looks: tuple[Callable[[DataFolder], Finding], ...] = (
        _settings,
        _data,
        _postgres,
        _temporal,
        _processes,
        _clock,
        _calendar,
        _fonts,
        _ports,
    )
    for look in looks:
        yield look(folder)


def _fine(what: str, detail: str) -> Finding:
    return Finding(what=what, grade=Grade.FINE, detail=detail)


def _notice(what: str, detail: str, remedy: str) -> Finding:
    return Finding(what=what, grade=Grade.NOTICE, detail=detail, remedy=remedy)


def _fault(what: str, detail: str, remedy: str) -> Finding:
    return Finding(what=what, grade=Grade.FAULT, detail=detail, remedy=remedy)


def _settings(_: DataFolder) -> Finding:
    what = "设置 · settings"
    try:
        return _fine(what, load_settings().env)
    except BadSettingsError as error:
        faults = "; ".join(f"{one.name}: {one.reason}" for one in error.faults)
        return _fault(what, faults, "改正环境变量 · correct the environment; anjuan config schema")


def _data(folder: DataFolder) -> Finding:
    what = "数据 · data"
    there = folder.path
    while not os.path.lexists(there):
        there = there.parent
    if not (there.is_dir() and os.access(there, os.R_OK | os.W_OK | os.X_OK)):
        return _fault(what, f"{there}: 不可写 · not writable", "换文件夹 · use --data DIR")
    free = shutil.disk_usage(there).free
    if free < ENOUGH_SPACE:
        return _fault(
            what, f"{there}: {free >> 20} MB", f"腾出空间 · free {ENOUGH_SPACE >> 20} MB or more"
        )
    return _fine(what, f"{folder.path}, {free >> 30} GB free")


def _postgres(folder: DataFolder) -> Finding:
    what = "PostgreSQL"
    if os.environ.get("DATABASE_URL"):
        if (url := _database()) is None:
            return _fault(what, "DATABASE_URL: 设置有误 · wrong settings", "改正 · correct them")
        try:
            skew = _skew(url)
        except psycopg2.Error as error:
            said = str(error).strip().splitlines()[0]
            return _fault(
                what, f"DATABASE_URL: {said}", "启动数据库或改正 · start it, or correct it"
            )
        return _fine(what, f"DATABASE_URL {make_url(url).render_as_string()}, {skew:+.1f} s")
    try:
        found = find_programs(server_account(folder.path / "postgres"))
    except LocalFaultError as fault:
        return _fault(what, "; ".join(fault.tried), fault.remedy)
    return _fine(what, f"{found.major}: {found.folder}")


def _temporal(_: DataFolder) -> Finding:
    what = "Temporal"
    if given := os.environ.get("TEMPORAL_ADDRESS"):
        if namespace_answers(given):
            return _fine(what, f"TEMPORAL_ADDRESS {given}")
        return _fault(
            what, f"TEMPORAL_ADDRESS {given}: 没有应答 · no answer", "启动该服务 · start it"
        )
    try:
        return _fine(what, str(find_temporal(may_build=False)))
    except LocalFaultError as fault:
        if fault.code != "temporal.not_found":
            return _fault(what, "; ".join(fault.tried), fault.remedy)
        return _notice(
            what,
            "尚无程序，首次启动时编译 · not there yet; the first start builds it",
            f"make temporal（约 3 分钟 · about 3 minutes, {SPACE >> 30} GB for a while）",
        )


def _processes(folder: DataFolder) -> Finding:
    what = "进程 · processes"
    state = folder.holder() if _held(folder) else None
    if state is None:
        return _fine(what, "没有在运行 · none runs")
    if not state.ready:
        return _notice(what, f"正在启动 · starting, PID {state.pid}", "稍候 · wait a little")
    connection = http.client.HTTPConnection(LOOPBACK, urlsplit(state.url).port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return _fault(what, f"{state.url}: {error!r}", f"查看日志 · read {folder.path / 'logs'}")
    finally:
        connection.close()
    if answer != http.HTTPStatus.OK:
        return _fault(what, f"/readyz {answer}", f"查看日志 · read {folder.path / 'logs'}")
    return _fine(what, f"{state.url}: {', '.join(state.children)}")


def _held(folder: DataFolder) -> bool:
    try:
        return folder.is_held()
    except LocalFaultError:  # closed to us, as `_data` tells
        return False


def _clock(_: DataFolder) -> Finding:
    what = "时钟 · clock"
    now = datetime.now().astimezone()
    if os.environ.get("DATABASE_URL") and (url := _database()) is not None:
        try:
            skew = _skew(url)
        except psycopg2.Error:
            return _notice(
                what, f"{now:%F %T %z}", "数据库无应答，未比较 · not compared: no database"
            )
        if abs(skew) > LARGEST_SKEW:
            return _fault(what, f"{skew:+.1f} s", "校准两台机器的时钟 · set both clocks by NTP")
    return _fine(what, f"{now:%F %T %z}")


def _database() -> str | None:
    """Return the database of the settings; None where they are wrong, as `_settings` tells."""
    try:
        return load_settings().database_url
    except BadSettingsError:
        return None


def _skew(url: str) -> float:
    """Return how many seconds the database's clock is ahead of this machine's."""
    connection = driver_connection(url, timeout=5)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone() or (datetime.now(UTC),)
            return float((theirs - datetime.now(UTC)).total_seconds())
    finally:
        connection.close()


def _calendar(_: DataFolder) -> Finding:
    what = "工作日历 · calendar"
    calendar = load_calendar()
    today = datetime.now().astimezone().date()
    if today.year not in calendar.tables:
        return _fault(
            what, f"没有 {today.year} 年 · {today.year} is missing", "anjuan calendar import FILE"
        )
    if calendar.provisional(today):
        return _notice(
            what,
            f"{today.year}: 暂定 · provisional",
            "通知公布后导入 · anjuan calendar import FILE",
        )
    return _fine(what, f"至 · through {calendar.valid_through}")


def _fonts(_: DataFolder) -> Finding:
    what = "中文字体 · fonts"
    try:
        folder = load_settings().fonts
    except BadSettingsError:
        return _notice(what, "设置有误，未查 · not looked for", "先改正设置 · settings first")
    if has_font(folder):
        return _fine(what, f"{FAMILY}, {folder}")
    return _notice(
        what,
        f"{folder}: 没有 {FAMILY}（常规、粗体） · regular and bold missing; letters come as HTML"
        " alone",
        "安装 fonts-noto-cjk，或以 ANJUAN_FONTS 指明字体文件夹；已发文书的 PDF 届时补印 · install"
        " it, or name its folder by ANJUAN_FONTS; what was sent is printed when asked for",
    )


def _ports(folder: DataFolder) -> Finding:
    what = "端口 · ports"
    taken = [port for port in USUAL_PORTS if not is_free(port)]
    if taken and not _held(folder):
        numbers = ", ".join(map(str, taken))
        return _notice(
            what,
            f"已占用 · taken: {numbers}",
            "无需处理，将另选并显示 · nothing to do: others are chosen and shown",
        )
    return _fine(what, ", ".join(map(str, USUAL_PORTS)))
