"""How fast the one door is, beside other ways to do the same job: ``python -m bench`` (``make bench``)."""
