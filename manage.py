#!/usr/bin/env python3
"""Django's own commands (makemigrations, shell, …); everything people use is in the `dutygate` command."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutygate.config.settings")
    execute_from_command_line(sys.argv)
