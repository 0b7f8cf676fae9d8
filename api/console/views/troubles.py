"""The honest pages: what is wrong, whether anything was taken in, and what to do."""

from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from api.console.texts import Texts
from api.console.visit import Trouble, Visit
from api.problems import RETRY_SOON

_READING: Final = ("GET", "HEAD")
_AWAY: Final = 503
_OUR_FAULT: Final = 500  # statuses from here on
CODES: Final = {404: "page.not_found", 405: "page.method", 413: "request.too_large"}


@dataclass(frozen=True, slots=True)
class TroublePage:
    """What went wrong, in words."""

    heading: str
    what: str
    remedy: str
    detail: str
    code: str
    status: int
    soft: bool  # nobody's fault
    again: str = ""  # the address to try once more


def page(visit: Visit, trouble: Trouble) -> Response:
    """Answer a trouble."""
    heading, what, remedy = _words(visit.texts).get(trouble.code, _unknown(visit.texts))
    content = TroublePage(
        heading,
        what,
        remedy,
        trouble.detail,
        trouble.code,
        trouble.status,
        trouble.status < _OUR_FAULT,
    )
    return _shown(visit, content)


def away(visit: Visit) -> Response:
    """Answer while the database is away: nothing is lost, and what to do."""
    tr, address = visit.texts.tr, visit.request.url
    reading = visit.request.method in _READING
    remedy = (
        tr("请稍候片刻再试。")
        if reading
        else tr("请稍候片刻，返回上一页用同一个表单再提交一次：同一个表单只会生效一次，不会重复。")
    )
    content = TroublePage(
        heading=tr("系统暂时不可用"),
        what=tr("数据库暂时连接不上。此前收到的申请和办理结果都已保存，没有丢失。"),
        remedy=remedy,
        detail="",
        code="service.unavailable",
        status=_AWAY,
        soft=True,
        again=address.path + (f"?{address.query}" if address.query else "") if reading else "",
    )
    return _shown(visit, content)


def _shown(visit: Visit, page: TroublePage) -> Response:
    response = visit.render("trouble.html", page.heading, page, status=page.status)
    if page.status == _AWAY:
        response.headers["retry-after"] = RETRY_SOON
    return response


def _unknown(texts: Texts) -> tuple[str, str, str]:
    tr = texts.tr
    return tr("这个请求无法处理"), tr("没有任何内容被收下。"), tr("请返回上一页再试。")


def _words(texts: Texts) -> dict[str, tuple[str, str, str]]:
    tr = texts.tr
    return {
        "page.not_found": (
            tr("没有这个页面"), tr("地址可能有误，或页面已移走。"), tr("请从首页重新进入。"),
        ),
        "page.method": _unknown(texts),
        "case.not_found": (
            tr("没有找到这个办件"),
            tr("编号可能有误，或您无权知悉。办件只对申请人、有管辖权的机关及其上级可见。"),
            tr("请核对编号；确需办理的，请与办件属地的鉴定中心联系。"),
        ),
        "task.not_found": (
            tr("没有找到这项任务"), tr("任务可能已经办结，或不在您的辖区。"),
            tr("请从待办列表重新进入。"),
        ),
        "file.not_found": (
            tr("没有这个文件"), tr("文件不在本系统，或不属于这个办件。"), tr("请返回材料列表。"),
        ),
        "draft.not_found": (
            tr("没有这份草稿"), tr("草稿可能已经提交或删除。"), tr("请从“我的办件”查看。"),
        ),
        "draft.submitted": (
            tr("这份草稿已经提交"),
            tr("它正在等待登记，登记完成前不能修改。"),
            tr("请稍后从“我的办件”查看。"),
        ),
        "page.no_right": (
            tr("您的身份不能使用这个页面"),
            tr("工作台、待办和看板供鉴定中心与人社部门使用；申报页面供评价机构使用。"),
            tr("请换一个有权的身份登录。"),
        ),
        "sign_in.unknown": (
            tr("没有这个登录身份"), tr("沙箱里没有这个身份。"), tr("请从登录页选择。"),
        ),
        "request.rate_limited": (
            tr("查询太频繁"), tr("同一来源一分钟内的核验次数有限。"), tr("请一分钟后再试。"),
        ),
        "request.too_large": (
            tr("文件太大"), tr("没有收下任何内容，您之前保存的仍在。"),
            tr("请压缩或拆分文件后再传。"),
        ),
        "request.length_missing": _unknown(texts),
        "form.unreadable": _unknown(texts),
        "form.stale": (
            tr("这个表单已经提交过"),
            tr("同一个表单只能生效一次；先前提交的内容已登记，这次的改动没有收下。"),
            tr("请回到办件查看结果；如需再办理，请重新打开表单。"),
        ),
        "page.failed": (
            tr("系统暂时出错"),
            tr("我们已记下这个错误。您填写的内容可能还没有登记。"),
            tr("请返回上一页再提交一次：同一个表单只会生效一次，不会重复。"),
        ),
        "service.unavailable": (
            tr("暂时无法登记"), tr("系统没有收下这次提交。"), tr("请稍后用同一页面再提交一次。"),
        ),
    }  # fmt: skip
