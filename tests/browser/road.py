"""The road of one case, clicked by the people whose step it is: from the desk of each to the button, by what stands on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.browser.person import Person

WRITTEN: Final[Mapping[str, str]] = {
    "工作目标": "把防火宣传送到户，让每个村都知道防火期和禁令。",
    "权责内容": "乡镇在防火期内张贴公告、入户宣传、登记情况；不参与火情处置。",
    "法定依据": "《森林防火条例》第十条。",
    "责任分工": "旗林草局牵头并负责培训和物资；乡镇负责宣传和登记。",
    "办事流程": "旗林草局发放材料，乡镇张贴入户，每月十日前报送登记表。",
    "完成时限": "每年春秋两季防火期内。",
    "运行机制": "旗林草局指定一名联系人，每季度会商一次。",
    "人员安排": "每个乡镇一名兼职人员。",
    "保障措施": "每个乡镇每年安排经费两万元，发放宣传材料，每年培训一次。",
}
POINTS: Final = ("工作内容", "法定依据", "责任分工", "协商意见", "保障措施")
OFFICES: Final = {"weiban": "阿党办", "zhengban": "阿政办", "shizheng": "呼政字"}


@dataclass(slots=True)
class Road:
    """One case. ``come`` opens a window for somebody; ``title`` is how everybody finds the case."""

    come: Callable[[str], Person]
    title: str
    initiator: str = "lincao"
    townships: Mapping[str, str] = field(default_factory=lambda: {"naji": "那吉镇", "liuhe": "六合镇"})
    ends_on: str = ""
    address: str = ""
    windows: dict[str, Person] = field(default_factory=dict)
    papers: int = 0

    def at(self, username: str) -> Person:
        """The window of somebody; she has logged in."""
        if username not in self.windows:
            self.windows[username] = self.come(username)
        return self.windows[username]

    @property
    def number(self) -> str:
        """The case's number."""
        return self.address.rstrip("/").rpartition("/")[2]

    def task(self, username: str, action: str, part: str = "待办") -> Person:
        """From her desk to the form of what she owes this case."""
        who = self.at(username).open("/")
        if part != "待办":
            who.page.get_by_role("link", name=part).first.click()
            who.arrived()
        row = who.page.locator("main tr, main li").filter(has_text=self.title).filter(has_text=action).last
        row.get_by_role("link", name=action, exact=True).first.click()
        return who.arrived()

    def offer(self, username: str, action: str) -> Person:
        """From the page of the case to the form of what may be done now."""
        who = self.at(username).open(self.address)
        who.page.locator("aside .panel-can").get_by_role("link", name=action, exact=True).first.click()
        return who.arrived()

    def paper(self, who: Person, body: str = "阿测") -> Person:
        """Number and day of a document."""
        self.papers += 1
        who.fill("文号", f"{body}〔2026〕{90 + self.papers}号")
        return who.fill("成文日期", "2026-11-20")

    # 申请与征求意见

    def declare(self) -> Person:
        """新建, filled in and not sent."""
        who = self.at(self.initiator).open("/").go("办件").follow("新建", "main")
        who.fill("职责名称", self.title).pick("类别", "阶段性" if self.ends_on else "常态化")
        if self.ends_on:
            who.fill("截止日期", self.ends_on)
        who.choose("事项类别", "公共服务").pick("是不是突发", "不是").pick("委托还是交由", "交由")
        return who.fill("为什么确需由乡镇承担", "入户宣传须由熟悉各村情况的乡镇承担。")

    def opened(self, who: Person) -> Person:
        """立卷."""
        who.press("立卷，进入下一步").sees("哪些乡镇")
        self.address = who.page.url.split("/write/")[0].removeprefix(who.address) + "/"
        return who

    def write(self, who: Person) -> Person:
        """Townships, the nine items, what goes with it."""
        for name in self.townships.values():
            who.tick(name)
        who.press("保存，下一步：申请内容")
        for label, text in WRITTEN.items():
            who.page.get_by_role("textbox", name=label, exact=True).fill(text)
        who.tick("《森林防火条例》").fill("工作经费：每个乡镇每年多少元", "2万元")
        for kind in ("工作经费", "技术力量", "业务培训"):
            who.pick(kind, "提供").fill(f"{kind}：给什么", "每年一月底前给足")
        return who.pick("其他保障", "不需要").fill("其他保障：给什么", "没有其他需要")

    def ask(self) -> Person:
        """检查 and 书面征求意见."""
        who = self.at(self.initiator).press("保存，下一步：检查").sees("现在能查的都合乎规定")
        who.page.locator("main").get_by_role("link", name="书面征求意见", exact=True).last.click()
        who.arrived().fill("函的文号", "阿林草函〔2026〕90号").press("送出，征求意见")
        return who.sees("已办：书面征求意见")

    def reply(self, township: str) -> Person:
        """同意."""
        return self.task(township, "答复征求意见").pick("答复", "同意").press("提交答复").sees("已办：答复征求意见")

    def conclude(self) -> Person:
        """形成协商意见 and 提交书面申请."""
        self.task(self.initiator, "形成协商意见").press("形成协商意见").sees("已办：形成协商意见")
        who = self.task(self.initiator, "提交书面申请")
        return who.fill("文号", "阿林草发〔2026〕91号").press("提交给牵头单位").sees("已办：提交书面申请")

    # 审核

    def accept(self) -> Person:
        """受理."""
        return self.task("bianban", "受理").press("核对完毕，受理").sees("已办：受理")

    def ask_finance(self) -> Person:
        """征求部门意见, and what the department says."""
        self.offer("bianban", "征求部门意见").tick("阿荣旗财政局").press("发出征求意见").sees("已办：征求部门意见")
        who = self.task("caizheng", "反馈部门意见")
        return who.fill("意见", "经费可以列入旗级预算，无其他意见。").press("反馈意见").sees("已办")

    def assess(self, username: str) -> Person:
        """审核 by one seat."""
        who = self.task(username, "审核")
        for point in POINTS:
            who.pick(f"{point}：结论", "符合")
        if username == "sifa":
            who.pick("是否属于行政处罚", "不属于").pick("是否属于突发", "不属于")
        if username == "bianban":
            who.pick("是否确需由乡镇承担", "确需")
        return who.pick("审核建议", "同意准入").fill("审核意见", "符合规定，建议准入。").press("提交审核意见").sees("已办：审核")

    def conclude_review(self) -> Person:
        """形成审核意见."""
        who = self.task("bianban", "形成审核意见")
        return who.pick("结论", "同意准入").press("形成审核意见").sees("已办：形成审核意见")

    # 决定与告知

    def to_banner(self) -> Person:
        """报旗委、旗政府."""
        return self.paper(self.task("bianban", "报旗委、旗政府"), "阿编办").press("报送").sees("已办")

    def decide(self, office: str) -> Person:
        """登记决定: 同意."""
        who = self.task(office, "登记决定").pick("决定结果", "同意")
        self.papers += 1
        who.fill("文号", f"{OFFICES[office]}〔2026〕{90 + self.papers}号").fill("决定日期", "2026-11-20")
        return who.press("登记决定").sees("已办：登记决定")

    def to_city(self) -> Person:
        """报市政府."""
        return self.paper(self.task("zhengban", "报市政府"), "阿政发").press("报送市政府").sees("已办")

    def notify(self) -> Person:
        """书面告知."""
        return self.paper(self.task("bianban", "书面告知"), "阿编办告").press("发出书面告知").sees("已办：书面告知")

    def acknowledge(self, username: str) -> Person:
        """签收."""
        who = self.at(username).open("/")
        who.page.get_by_role("link", name="待签收").first.click()
        row = who.arrived().page.locator("main li").filter(has_text=self.title).last
        row.get_by_role("link", name="打开告知书").first.click()
        return who.arrived().press("签收").sees("已办：签收")
