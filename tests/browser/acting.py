"""A whole filing by hand, as institution and center do it: the same steps on any server."""

from collections.abc import Callable

from tests.browser.watching import Watched

PDF = {
    "name": "备案申请表.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7 application %%EOF",
}
PLAN = {
    "name": "平面图.png",
    "mimeType": "image/png",
    "buffer": b"\x89PNG\r\n\x1a\n plan IEND\xaeB\x60\x82",
}


def fill_in(operator: Watched) -> str:
    """Fill in the application; return the address of the draft."""
    operator.go("/apply")
    operator.follow("看指南，开始申报")
    operator.look("guide")
    operator.press("开始填写")
    operator.look("sections")
    draft = operator.page.url.removeprefix(operator.url)
    page = operator.page
    operator.go(f"{draft}/institution")
    operator.press("保存并继续")
    operator.says("请先改正下列内容")
    operator.look("faults")
    page.check("#type-school")
    page.check("#serves-own")
    page.fill("#address", "湖南省长沙市示例路1号")
    page.fill("#principal", "p-principal")
    operator.press("保存并继续")
    page.fill("#code-0", "6-18-01-01")
    page.fill("#name-0", "车工")
    page.fill("#job-0", "数控车工")
    page.select_option("#level-0", "4")
    page.check("#computerised-yes")
    operator.look("scope")
    operator.press("保存并继续")
    page.set_input_files("#file-application", PDF)  # type: ignore[arg-type]  # a file payload
    operator.press("保存并继续")
    operator.look("commitment-of-another")
    return draft


def sign_and_submit(principal: Watched, draft: str) -> str:
    """Sign the commitment and submit; return the case number."""
    principal.go("/my")
    principal.look("my-draft")
    principal.go(f"{draft}/commitment")
    principal.page.check("#sign")
    principal.press("保存并继续")
    principal.says("可提交，可能收到补正告知")
    principal.look("check")
    principal.press("确认提交")
    principal.says("收件不等于受理")
    principal.look("receipt")
    return principal.page.locator(".number").inner_text()


def list_defects(clerk: Watched) -> None:
    """From the desk to the task, list what is missing, see the effect, sign."""
    clerk.go("/")
    clerk.look("desk")
    clerk.page.locator(".duties a.title").first.click()
    clerk.look("task")
    clerk.page.get_by_role("navigation", name="办理方式").get_by_text("一次性告知补正").click()
    clerk.page.check("#missing-premises")
    clerk.page.fill("#reason-premises", "缺少场地平面图和租赁合同")
    clerk.page.fill("#working_days", "5")
    clerk.look("form")
    clerk.press("下一步：看看会发生什么")
    clerk.says("补正告知书")
    clerk.look("preview")
    clerk.press("确认并一次性告知补正")
    clerk.says("已办：一次性告知补正")
    clerk.look("case-waits-for-the-school")


def supplement(operator: Watched) -> None:
    """Mend the one gap in one go."""
    operator.go("/my")
    operator.look("my-duty")
    operator.page.locator(".sheet.bar").get_by_role("link").first.click()
    operator.says("缺少场地平面图和租赁合同")
    operator.look("gaps")
    operator.page.set_input_files("#file-premises", PLAN)  # type: ignore[arg-type]  # a file payload
    operator.press("全部提交")
    operator.says("机关办理中")
    operator.look("progress")


def accept(clerk: Watched, number: str) -> None:
    """Accept by the case's own list of acts."""
    clerk.go(f"/cases/{number}")
    clerk.page.locator(".rail").get_by_role("link", name="受理", exact=True).click()
    clerk.press("下一步：看看会发生什么")
    clerk.press("确认并受理")
    clerk.says("已办：受理")


def assess(reviewer: Watched, number: str) -> None:
    """Assess; afterwards the same person may not approve, and the page says why."""
    page = reviewer.page
    reviewer.go(f"/cases/{number}/acts/filing.assess")
    page.check("#passed-yes")
    page.fill("#opinion", "场地、设备、人员和制度符合条件")
    page.fill("#experts", "p-expert-1\np-expert-2")
    page.check("#on_site-yes")
    reviewer.press("下一步：看看会发生什么")
    reviewer.press("确认并评估")
    reviewer.says("已办：评估")
    reviewer.go(f"/cases/{number}/acts/filing.approve")
    reviewer.says("不得再办理本事项")
    reviewer.look("same-person")


def approve(reviewer: Watched, number: str) -> None:
    """Approve as another person; the case ends."""
    reviewer.go(f"/cases/{number}/acts/filing.approve")
    reviewer.press("下一步：看看会发生什么")
    reviewer.says("备案回执")
    reviewer.look("preview-of-the-receipt")
    reviewer.press("确认并准予备案")
    reviewer.says("已办：准予备案")
    reviewer.look("closed")


def whole_filing(visit: Callable[[str], Watched]) -> str:
    """Act a whole filing; `visit` gives the window of a login. Return the number."""
    operator, principal = visit("operator"), visit("principal")
    clerk, reviewer = visit("clerk"), visit("reviewer")
    number = sign_and_submit(principal, fill_in(operator))
    list_defects(clerk)
    supplement(operator)
    accept(clerk, number)
    assess(reviewer, number)
    approve(visit("reviewer-2"), number)
    operator.go(f"/my/cases/{number}")
    operator.says("机构代码")
    operator.look("filed")
    return number
