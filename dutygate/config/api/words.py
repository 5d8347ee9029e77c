"""Words of the door itself, in both languages: titles of problems, and what is known only here."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

TITLES: Final = {
    400: ("请求有误", "Bad request"),
    401: ("请先登录", "Log in first"),
    403: ("轮不到您办", "Not yours to do"),
    404: ("没有找到", "Not found"),
    405: ("不能这样请求", "Method not allowed"),
    409: ("现在不能办", "Not now"),
    413: ("内容太大", "Too large"),
    415: ("类型不对", "Unsupported type"),
    422: ("不能办理", "Refused or malformed"),
    429: ("请求太多", "Too many requests"),
    500: ("系统出错", "Internal error"),
    503: ("系统繁忙", "Busy"),
}

# code -> ((message, what to do) in Chinese, the same in English): what no finding of the law's catalogue says.
OWN: Final = {
    "unauthenticated": (
        ("没有带访问令牌，或者令牌已失效。", "请用 POST /api/v1/tokens 取得令牌，放在 Authorization: Bearer 之后。"),
        ("There is no access token, or it no longer holds.", "Get one by POST /api/v1/tokens and send it after Authorization: Bearer."),
    ),
    "login_failed": (
        ("用户名或者口令不对。", "请核对后重试；连续五次不对，账号锁定 30 分钟。"),
        ("User name or password is wrong.", "Check them and try again; five failures in a row lock the account for 30 minutes."),
    ),
    "account_locked": (
        ("账号已锁定：连续五次口令不对。", "请 30 分钟后再试。"),
        ("The account is locked after five failures in a row.", "Try again in 30 minutes."),
    ),
    "password_change_required": (
        ("首次登录须先更改口令。", "请在网页上登录并更改口令，然后再取令牌。"),
        ("The first password must be changed before anything else.", "Log in on the web page, change it, then ask for a token again."),
    ),
    "post_unclear": (
        ("没有写明以哪一项任职办理，或者您没有这项任职。", "请在 post 中写明任职：{posts}。"),
        ("It is not clear in which post you act, or you do not hold it.", "Name the post in `post`: {posts}."),
    ),
    "no_post": (
        ("您现在没有任职，不能办理。", "请与安全管理员联系。"),
        ("You hold no post now.", "Ask the security administrator."),
    ),
    "register_readers": (
        ("登记簿由牵头单位和审计管理员查看。", "请用这样的任职；办件自己的登记在办件中查看。"),
        (
            "The register is read by the lead and by the audit administrator.",
            "Act in such a post; a case shows its own entries.",
        ),
    ),
    "file_bringers": (
        ("文件由经办人、签发人上传，管理员不接触业务内容。", "请用经办的任职上传。"),
        ("Files are brought by handlers and signatories; administrators see no business content.", "Act in a post of an office."),
    ),
    "method_not_allowed": (
        ("这个地址不接受这种请求方法。", "请用 Allow 中列出的方法。"),
        ("This address does not take this method.", "Use one of those in Allow."),
    ),
    "unsupported_media_type": (
        ("请求内容的类型不对。", "请用 {wanted}。"),
        ("The content type of the request is not supported.", "Use {wanted}."),
    ),
    "too_large": (
        ("请求内容太大。", "请分开提交，或者缩小文件（最大 20 MiB）。"),
        ("The request is too large.", "Send it in parts, or a smaller file (20 MiB at most)."),
    ),
    "case_too_large": (
        ("这一卷的扫描件合起来超过 4 GiB，一个文件装不下。", "请逐个取扫描件。"),
        ("The scans of this case are more than 4 GiB together; one file cannot hold them.", "Get them one by one."),
    ),
    "case_moving": (
        ("导出的时候，有人正在办这一卷。", "请过一会儿再取。"),
        ("Somebody was acting on this case meanwhile.", "Try again in a moment."),
    ),
    "too_many_requests": (
        ("失败次数太多。", "请稍后再试。"),
        ("Too many failures.", "Try again later."),
    ),
    "file_damaged": (
        ("这个文件的内容与登记的摘要不符，不能提供。", "请告知系统管理员，从备份恢复。"),
        ("The file no longer has the digest under which it was stored.", "Tell the system administrator, who restores it from a backup."),
    ),
    "internal": (
        ("系统出错，没有办成，没有登记。", "请把发生的时间告知系统管理员。"),
        ("Something went wrong; nothing was done and nothing recorded.", "Tell the system administrator when it happened."),
    ),
}


def language_of(request: HttpRequest | None) -> str:
    """ "zh" or "en": the first of the two that the caller asks for, Chinese when she asks for neither."""
    wanted = request.headers.get("Accept-Language", "") if request is not None else ""
    for code, _weight in parse_accept_lang_header(wanted[:200].lower()):
        if code.split("-")[0] in ("zh", "en"):
            return str(code.split("-")[0])
    return "zh"


def own_words(code: str, lang: str, **params: str) -> tuple[str, str]:
    """(message, what to do) of a code that is known only at the door."""
    message, what_to_do = OWN[code][1 if lang == "en" else 0]
    return message, what_to_do.format(**params)


def title(status: int, lang: str) -> str:
    """The title of a problem."""
    return TITLES.get(status, TITLES[400])[1 if lang == "en" else 0]
