"""Settings for tests: the same as in use, on a database of their own.

SQLite in a file (so that threads and processes meet on a real lock), or with DUTYGATE_TEST_PG=1 PostgreSQL: the server at
DATABASE_URL when it is given, else one started for this run. Workers of pytest-xdist inherit the environment set here.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_first = "DUTYGATE_TEST_RUN" not in os.environ
if _first:
    os.environ["DUTYGATE_TEST_RUN"] = tempfile.mkdtemp(prefix="dutygate-tests-")
    # Last registered, first called: a PostgreSQL server started below stops before its files go.
    atexit.register(shutil.rmtree, os.environ["DUTYGATE_TEST_RUN"], ignore_errors=True)
TEST_RUN = Path(os.environ["DUTYGATE_TEST_RUN"])
os.environ["DUTYGATE_HOME"] = str(TEST_RUN / "home")

if os.environ.get("DUTYGATE_TEST_PG") == "1":
    from tests.postgres import TEMPLATE, prepare

    if _first:
        os.environ["DATABASE_URL"] = prepare(os.environ.get("DATABASE_URL"), TEST_RUN)
else:
    os.environ.pop("DATABASE_URL", None)

from dutygate.config.settings import *  # noqa: E402, F403
from dutygate.config.settings import DATABASES  # noqa: E402

if os.environ.get("DUTYGATE_TEST_PG") == "1":
    DATABASES["default"]["TEST"] = {"TEMPLATE": TEMPLATE, "NAME": f"test_dutygate_{TEST_RUN.name[-8:].lower()}"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread of a test must not keep a connection past the test
else:
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_RUN / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
