"""`python -m dutygate` is the `dutygate` command."""

import sys

from dutygate.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
