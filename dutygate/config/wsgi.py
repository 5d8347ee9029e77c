"""The WSGI application that `dutygate serve` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutygate.config.settings")
application = get_wsgi_application()
