"""The road of an exit or an adjustment, clicked from the page of the duty on; the steps of the review are those of every road."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.person import Person
from tests.browser.road import POINTS, Road


@dataclass(slots=True)
class Leaving(Road):
    """One case about a duty. ``verb``: 退出 or 调整."""

    duty: str = ""
    verb: str = "退出"

    def ask_for_it(self, username: str, reason: str, words: str) -> Person:
        """From the page of the duty to the form, filled in and not sent."""
        who = self.at(username).open(f"/duties/{self.duty}/").follow(f"申请{self.verb}", "main")
        return who.pick(f"为什么要{self.verb}", reason).fill("用几句话说明", words)

    def stands(self, who: Person) -> Person:
        """立卷."""
        who.press("立卷，进入下一步")
        self.address = who.page.url.split("/write/")[0].removeprefix(who.address) + "/"
        return who

    def conclude_and_submit(self) -> Person:
        """形成协商意见 and 提交书面申请, from the case: where one is out of time nothing waits on the desk."""
        self.offer(self.initiator, "形成协商意见").press("形成协商意见").sees("已办：形成协商意见")
        who = self.offer(self.initiator, "提交书面申请")
        return who.fill("文号", "那政发〔2026〕91号").press("提交给牵头单位").sees("已办：提交书面申请")

    def assess(self, username: str) -> Person:
        """审核 by one seat: of an exit what Articles 1 and 7 ask of a hand-over is not asked."""
        who = self.task(username, "审核")
        for point in POINTS:
            who.pick(f"{point}：结论", "符合")
        if self.verb == "调整" and username == "sifa":
            who.pick("是否属于行政处罚", "不属于").pick("是否属于突发", "不属于")
        if self.verb == "调整" and username == "bianban":
            who.pick("是否确需由乡镇承担", "确需")
        return who.pick("审核建议", f"同意{self.verb}").fill("审核意见", "符合规定。").press("提交审核意见").sees("已办：审核")

    def conclude_review(self) -> Person:
        """形成审核意见."""
        who = self.task("bianban", "形成审核意见")
        return who.pick("结论", f"同意{self.verb}").press("形成审核意见").sees("已办：形成审核意见")

    def decided(self) -> None:
        """From 受理 to the city's decision."""
        self.accept()
        self.ask_finance()
        for seat in ("sifa", "zhengshu", "bianban"):
            self.assess(seat)
        self.conclude_review()
        self.to_banner()
        self.decide("weiban")
        self.decide("zhengban")
        self.to_city()
        self.decide("shizheng")
