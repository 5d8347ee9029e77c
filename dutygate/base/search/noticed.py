"""来文里的事项: which rows a title or the text of a notice speaks of (关于开展…的通知), with words left out, in another order, or
in the middle of a text.

Where ``likeness`` compares two names, here one side is a paper with much around the name. So the phrases that may be a name are taken out
of it (``phrases_of``), what no row says (关于, 的通知) counts little, and a sentence counts only for what it covers of a row's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from dutygate.base.search.likeness import ALIKE, COMPARED, Asked, Likeness, _pairs, shared_words
from dutygate.base.search.models import SearchText
from dutygate.base.search.text import folded

TITLE: Final = 120
"""A first line, or a text, that is no longer is a title."""
PHRASES: Final = 6
CLAUSES: Final = 60
READ: Final = 6_000
"""So much of a text is read, in characters: what a paper hands down stands at its beginning."""
SENTENCE: Final = 0.9
"""A name that stands whole in the middle of a text is so sure; one in a title or a phrase is sure."""
UNKNOWN: Final = 0.2
"""What no row says counts so much of what is usual: it is what stands around a name."""
SHORTEST: Final = 4
_KIND: Final = (
    r"(?:紧急)?(?:通知|通告|公告|函|复函|意见|方案|实施方案|工作方案|办法|安排|要点|计划"
    r"|决定|批复|请示|报告|细则|提示|告知书|倡议书|任务单|交办单|督办单)"
)
_TITLE_END: Final = re.compile(_KIND + r"\s*$")
_ABOUT: Final = re.compile(r"(?:关于|有关)(.{4,80}?)的?" + _KIND)
_TAIL: Final = re.compile(r"(?:的|等)?(?:有关|相关)?(?:工作|任务|事项|事宜|活动|业务)?(?:的)?(?:紧急)?(?:通知|通告|函|方案|安排)?$")
_LEAD: Final = (
    r"(?:进一步|切实|扎实|全面|认真|持续|深入|抓紧|尽快|继续|统筹|认真)*"
    r"(?:开展好|开展|做好|抓好|加强|推进|落实|组织实施|组织开展|组织|实施|完成|承担|负责|规范|办理|启动|部署|强化|印发|报送|上报)"
)
_OPENING: Final = re.compile("^" + _LEAD + "(?:好|本年度|今年)?")
_IN_SENTENCE: Final = re.compile(_LEAD + r"([^，。；：！？,;:!?\n]{4,80}?)(?:等)?(?:工作|任务|事项|事宜|活动)(?![者人])")
_QUOTED: Final = re.compile(r"[“「《]([^”」》\n]{4,80})[”」》]")
_CLAUSE: Final = re.compile(r"[，。；：！？,;:!?\n]")


def title_of(text: str) -> str:
    """The title of a paper: its first lines up to the one that ends as titles do; the first line if none does."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:8]
    for first, line in enumerate(lines):
        joined = ""
        for part in lines[first : first + 3]:
            joined += part
            if len(joined) > TITLE:
                break
            if _TITLE_END.search(joined) and "关于" in joined:
                return joined
        if _TITLE_END.search(line) and len(line) <= TITLE and len(line) > SHORTEST:
            return line
    return lines[0][:TITLE] if lines else ""


def core_of(title: str) -> str:
    """What a title is about: 关于进一步做好森林防火宣传工作的通知 -> 森林防火宣传."""
    found = _ABOUT.search(title)
    about = found.group(1) if found else title
    about = re.sub(r"^.{0,40}?关于", "", about) if "关于" in about else about
    shorter = _OPENING.sub("", about).strip("“”《》 ")
    shorter = _TAIL.sub("", shorter) or shorter
    return shorter if len(shorter) >= SHORTEST else about


def phrases_of(text: str) -> tuple[str, ...]:
    """The phrases that may be the name of a matter: the title's, then quoted ones and what is to be carried out, in their order."""
    title = title_of(text)
    found = [core_of(title)]
    body = text[:READ]
    found += [core_of(match) for match in _ABOUT.findall(body)]
    found += [match for match in _QUOTED.findall(body) if not _ABOUT.search(match)]
    found += [core_of(match) for match in _IN_SENTENCE.findall(body)]
    if len(text) <= TITLE:
        found.append(text)
    kept = dict.fromkeys(one for one in map(folded, found) if len(one) >= 2)
    return tuple(kept)[:PHRASES]


class Noticed(Asked):
    """A paper that is asked about. Two statements to look up, one for the texts of what is compared."""

    def __init__(self, text: str) -> None:
        self.phrases = phrases_of(text)
        super().__init__("\n".join(self.phrases), text[:READ])
        self._of_phrases = [pairs for phrase in self.phrases if (pairs := _pairs(phrase))]
        clauses = [folded(clause) for clause in _CLAUSE.split(text[:READ])]
        self._clauses = [pairs for clause in clauses[:CLAUSES] if len(pairs := _pairs(clause)) >= SHORTEST - 1]
        # A name may be parted by a comma that its own list has not: two clauses that follow each other are one.
        self._clauses += [one | two for one, two in pairwise(self._clauses) if len(one) + len(two) <= TITLE]
        usual = sum(self._weights.values()) / len(self._weights) if self._weights else 1.0
        for pair, rows in self._rows.items():
            if not rows:
                self._weights[pair] = usual * UNKNOWN

    def alike(self, visible: Iterable[int], most: int) -> list[Likeness]:
        """As for two names; by the best phrase, or by a sentence that holds the row's name."""
        chosen = list(visible)[:COMPARED]
        texts = dict(SearchText.objects.filter(id__in=chosen).values_list("id", "text")) if chosen else {}
        names = {row: text.partition("\n")[0] for row, text in texts.items()}
        scores = {row: self.score(name, "") for row, name in names.items()}
        best = sorted((row for row, score in scores.items() if score >= ALIKE), key=lambda row: (-scores[row], -row))[:most]
        said = self.name + "\n" + self.content
        return [Likeness(row, scores[row], shared_words(names[row], said), ()) for row in best]

    def score(self, name: str, content: str) -> float:
        """How sure it is that the paper speaks of a row with this name, 0 to 1."""
        wanted = _pairs(name)
        if not wanted:
            return 0.0
        phrased = max((self._shared(pairs, wanted, dice=0.5) for pairs in self._of_phrases), default=0.0)
        whole = self._sum(wanted)
        within = max((self._sum(wanted & pairs) / whole for pairs in self._clauses), default=0.0) if whole else 0.0
        return max(phrased, SENTENCE * within)
