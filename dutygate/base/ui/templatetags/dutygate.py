"""What every template may use: icons, article tags, lights, days, money, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dutygate.base.ui.citing import Cited, cited
from dutygate.base.ui.guide import guide_to
from dutygate.base.ui.language import language

register = template.Library()
ICONS: Final = "vendor/tabler-icons-3.52.0/icons.svg"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; it only decorates, the words beside it say the same."""
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', static(ICONS), name)


@register.simple_tag
def article(provision: str) -> SafeString:
    """条款标签: the number of an article as a small link to its page, marked where a higher rule takes its place (Article 9) or it
    has been interpreted (Article 10). "" for what rests on no provision.
    """
    known = cited(str(provision or ""), language())
    if known is None:
        return SafeString("")
    try:
        where = reverse("law_provision", args=[known.id])
    except NoReverseMatch:
        where = f"/law/{known.id}/"
    told = f"{known.summary}\n{known.gives_way}" if known.gives_way else known.summary
    extra = " article-gives-way" if known.gives_way else ""
    return format_html('<a class="article{}" href="{}" title="{}">{}{}</a>', extra, where, told, known.label, _marks(known))


def _marks(known: Cited) -> SafeString:
    """What was said about a provision, in a word each."""
    words = [_("从上位规定")] * bool(known.gives_way) + [_("有解释")] * bool(known.interpreted)
    return format_html_join("", '<span class="article-mark">{}</span>', ((word,) for word in words))


@register.simple_tag
def article_marks(provision: str) -> SafeString:
    """The marks alone, beside a provision that is named already."""
    known = cited(str(provision or ""), language())
    return _marks(known) if known is not None else SafeString("")


@register.simple_tag
def help_href(topic: str) -> str:
    """Where the help on an action stands, "" where there is no help."""
    try:
        return reverse("help_topic", args=[topic]) if topic else ""
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def guide_href(context: Any) -> str:
    """Where the manual tells about this page, "" where it does not."""
    match = getattr(context.get("request"), "resolver_match", None)
    return guide_to(match.url_name or "", match.kwargs) if match else ""


@register.simple_tag
def manual_href(chapter: str = "") -> str:
    """The manual, or one chapter of it; "" where there is none."""
    try:
        return reverse("manual_chapter", args=[chapter]) if chapter else reverse("manual")
    except NoReverseMatch:
        return ""


@register.filter
def in_words(label: Any) -> str:
    """A label of the edition or of the procedure (both languages) in the language of the page."""
    if label is None:
        return ""
    return str(getattr(label, language(), label))


@register.filter
def day(value: Any) -> str:
    """2026年11月26日 · 26 Nov 2026; "" for none. Moments are shown by their day in the jurisdiction's time zone."""
    found = _as_day(value)
    if found is None:
        return ""
    if language() == "en":
        return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
    return f"{found.year}年{found.month}月{found.day}日"


@register.filter
def moment(value: Any) -> str:
    """The day with hours and minutes, in the jurisdiction's time zone."""
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return ""
    local = value.astimezone(_zone())
    return f"{day(local.date())} {local:%H:%M}"


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _as_day(value: Any) -> date | None:
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(_zone()).date() if value.tzinfo else value.date()
    return value if isinstance(value, date) else None


@register.filter
def yuan(fen: Any) -> str:
    """An amount in fen as yuan, to the fen: 1234567 -> 12,345.67."""
    if fen in (None, ""):
        return ""
    whole, rest = divmod(int(fen), 100)
    return f"{whole:,}.{rest:02d}"


@register.inclusion_tag("ui/_light.html")
def light(task: Any) -> dict[str, Any]:
    """红黄绿灯 with its reason in words. ``task``: anything with light, days_left, due_on, provisional, paused_on."""

    def of(name: str) -> Any:
        return task.get(name) if isinstance(task, dict) else getattr(task, name, None)

    shown, left = of("light"), of("days_left")
    if shown == "paused":
        words = _("暂停中，时限停着")
    elif shown is None:
        words = _("没有规定时限")
    elif left is not None and left < 0:
        words = _("已超期 %(days)s 个工作日") % {"days": -left}
    elif left == 0 and shown == "red":
        words = _("已超期")
    elif left == 0:
        words = _("今天到期")
    else:
        words = _("还有 %(days)s 个工作日") % {"days": left}
    return {"light": shown or "none", "words": words, "due": of("due_on"), "provisional": of("provisional"), "since": of("paused_on")}


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """mapping[key], or None."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag
def fill(words: Any, **values: Any) -> str:
    """A translated sentence with its gaps filled: {% translate "第 {n} 轮" as words %}{% fill words n=3 %}."""
    filled = str(words)
    for name, value in values.items():
        filled = filled.replace("{" + name + "}", str(value))
    return filled
