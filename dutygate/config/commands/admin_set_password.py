"""`dutygate admin set-password`: the first or a new password of a person, by who runs the machine; changed by her at the next log-in."""

import argparse

from dutygate.config.cli import Failure
from dutygate.config.commands.admin_create_first import read_password

NAME = ("admin", "set-password")
HELP = "set the password of a person (first one, or a forgotten one); asks for it, or reads it from stdin"
NEEDS_DJANGO = True


def configure(parser: argparse.ArgumentParser) -> None:
    """Whose. There is no option for the password: a command line can be read by others."""
    parser.add_argument("username")


def run(args: argparse.Namespace) -> int:
    """Set it, to be changed at the next log-in; noted in the security log, not in the register: it is no act of the procedure."""
    from django.utils import translation

    from dutygate.base.actions import security
    from dutygate.base.organizations.credentials import problems_of_password, set_initial_password
    from dutygate.base.organizations.queries import public_user_id

    user_id = public_user_id(args.username)
    if user_id is None:
        raise Failure(f"nobody has the user name {args.username}; people are entered with user.create.")
    password = read_password()
    with translation.override("en"):
        problems = problems_of_password(password, args.username, "")
    if problems:
        raise Failure(" ".join(str(problem) for problem in problems))
    set_initial_password(user_id, password)
    security.note("password_set", user_id=user_id)
    print(f"The password of {args.username} is set. It must be changed at the next log-in.")
    return 0
