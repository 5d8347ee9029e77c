"""`dutygate law bpmn`: the procedure of an edition as BPMN 2.0, for other people's modelling tools and engines."""

import argparse
import sys
from pathlib import Path

from dutygate.config.cli import Failure
from dutygate.law.procedure.bpmn import bpmn
from dutygate.law.regulation.edition import package_editions

NAME = ("law", "bpmn")
HELP = "print the procedure as BPMN 2.0, with lanes by role and the diagram; made from procedure.yaml"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE", type=Path, help="write to FILE instead of standard output")
    parser.add_argument("--edition", default="arun_2024_15", metavar="ID", help="edition of the regulation (default: %(default)s)")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the names (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    edition = package_editions().get(args.edition)
    if edition is None or not edition.procedure:
        known = ", ".join(edition.id for edition in package_editions().values() if edition.procedure)
        raise Failure(f"no edition {args.edition!r} with a procedure; there is {known}")
    document = bpmn(edition, args.lang)
    if args.out is None:
        sys.stdout.write(document)
    else:
        args.out.write_text(document, encoding="utf-8")
        print(f"{args.out}  {edition.document_number}  {edition.digest[:16]}")
    return 0
