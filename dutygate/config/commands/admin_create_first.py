"""`dutygate admin create-first`: the first system, security and audit administrator, one person each, without demo passwords."""

import argparse
import getpass
import sys
from collections.abc import Mapping
from typing import Any

from dutygate.config.cli import Failure

NAME = ("admin", "create-first")
HELP = "enter the first administrator of a kind, as long as nobody holds that post; asks for the password, or reads it from stdin"
NEEDS_DJANGO = True

POSTS = ("system_admin", "security_admin", "audit_admin")
HOME = ("150721", "阿荣旗")
PARENT = ("1507", "呼伦贝尔市")
LEVELS = {2: "region", 4: "city", 6: "banner"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Who, in which post, and where. There is no option for the password: a command line can be read by others."""
    parser.add_argument("--post", required=True, choices=POSTS, help="the three are never one person")
    parser.add_argument("--username", required=True, help="small letters, digits, . _ -")
    parser.add_argument("--name", required=True, help="the person's name (姓名)")
    parser.add_argument("--jurisdiction-code", default=HOME[0], metavar="CODE", help="division code, GB/T 2260; default %(default)s")
    parser.add_argument("--jurisdiction-name", metavar="NAME", help=f"its name; default {HOME[1]} for {HOME[0]}")
    parser.add_argument("--parent-code", metavar="CODE", help=f"the city above it; default {PARENT[0]} for {HOME[0]}, otherwise none")
    parser.add_argument("--parent-name", metavar="NAME", help=f"its name; default {PARENT[1]} for {PARENT[0]}")
    parser.add_argument(
        "--unit", default="services_bureau", metavar="SLUG", help="the unit of the post, entered if new; default %(default)s"
    )
    parser.add_argument("--unit-name", metavar="NAME", help="its name; default: the jurisdiction's name and 政务服务与数据管理局")


def run(args: argparse.Namespace) -> int:
    """Enter what is missing of jurisdiction, unit and person, set the password, appoint. Nothing is done twice when run again."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    _check_vacant(args.post)
    password = read_password()
    _check_password(password, args)
    place = _places(args)
    unit = _unit(args, place)
    user_id = _person(args, password)
    _do("post.appoint", unit, {"username": args.username, "kind": args.post})
    print(f"{args.username} ({args.name}) is {args.post} in {unit}; user id {user_id}. The password must be changed at the first log-in.")
    _say_what_is_missing()
    return 0


def _check_vacant(post: str) -> None:
    from dutygate.base.actions.clock import now
    from dutygate.base.actions.days import local_day
    from dutygate.base.organizations.queries import public_post_is_vacant

    if not public_post_is_vacant(post, local_day(now())):
        raise Failure(f"somebody holds the post {post} already; the security administrator appoints everybody else (post.appoint).")


def read_password() -> str:
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise Failure("no password came on stdin: one line was expected.")
        return password
    password = getpass.getpass("First password: ")
    if getpass.getpass("Again: ") != password:
        raise Failure("the two passwords are not the same; nothing was entered.")
    return password


def _check_password(password: str, args: argparse.Namespace) -> None:
    from django.utils import translation

    from dutygate.base.organizations.credentials import problems_of_password

    with translation.override("en"):
        problems = problems_of_password(password, args.username, args.name)
    if problems:
        raise Failure(f"the password is too weak, nothing was entered: {' '.join(problems)}")


def _places(args: argparse.Namespace) -> str:
    """The jurisdiction and the one above it, entered where missing."""
    code: str = args.jurisdiction_code
    home = code == HOME[0]
    parent = args.parent_code or (PARENT[0] if home else None)
    if parent:
        _place(parent, args.parent_name or (PARENT[1] if parent == PARENT[0] else None), None, "--parent-name")
    _place(code, args.jurisdiction_name or (HOME[1] if home else None), parent, "--jurisdiction-name")
    return code


def _place(code: str, name: str | None, parent: str | None, option: str) -> None:
    from dutygate.base.organizations.queries import public_jurisdiction

    if public_jurisdiction(code) is not None:
        return
    if name is None or len(code) not in LEVELS:
        raise Failure(f"{code}: {'give its name with ' + option if name is None else 'a division code has 2, 4 or 6 digits'}.")
    _do("jurisdiction.create", code, {"code": code, "name": name, "kind": LEVELS[len(code)], "parent": parent})


def _unit(args: argparse.Namespace, place: str) -> str:
    from dutygate.base.organizations.queries import public_has_unit, public_jurisdiction

    key = f"{place}.{args.unit}"
    if not public_has_unit(key):
        known = public_jurisdiction(place)
        name = args.unit_name or f"{known.name if known else place}政务服务与数据管理局"
        _do("unit.create", place, {"slug": args.unit, "kind": "department", "name": name})
    return key


def _person(args: argparse.Namespace, password: str) -> str:
    """Her id. The password comes before the post: an administrator who cannot log in would bar the way for everybody."""
    from dutygate.base.organizations.credentials import set_initial_password
    from dutygate.base.organizations.queries import public_user_id

    if (known := public_user_id(args.username)) is not None:
        print(f"{args.username} is entered already; name and password stay as they are.", file=sys.stderr)
        return str(known)
    user_id = str(_do("user.create", args.username, {"username": args.username, "name": args.name})["id"])
    set_initial_password(user_id, password)
    return user_id


def _do(action: str, subject: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
    from dutygate.base.actions.perform import perform, system_acting
    from dutygate.base.catalogue.errors import NotDone
    from dutygate.base.register.chains import COMMON, open_chain
    from dutygate.law.regulation.edition import package_editions
    from dutygate.law.rules.wording import render

    open_chain(COMMON, None)
    try:
        return perform(system_acting(), action, subject, payload).result
    except NotDone as error:
        edition = list(package_editions().values())[-1]
        words = [render(finding, edition, "en", str) for finding in error.findings]
        raise Failure(f"{action}: {' '.join(f'{w.message} {w.what_to_do}' for w in words) or error.detail}") from None


def _say_what_is_missing() -> None:
    from dutygate.base.actions.clock import now
    from dutygate.base.actions.days import local_day
    from dutygate.base.organizations.queries import public_post_is_vacant

    vacant = [post for post in POSTS if public_post_is_vacant(post, local_day(now()))]
    print(f"Still vacant: {', '.join(vacant)}." if vacant else "All three administrators are there; units and people follow through them.")
