"""How the demo's passwords are hashed. They are printed for everybody to read, so they need not be slow to guess."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PrintedPasswordHasher(Argon2PasswordHasher):
    """Argon2 at a hundredth of the usual price: 46 people are there in a moment."""

    time_cost = 1
    memory_cost = 8 * 1024
    parallelism = 1
