"""One folder = one feature, in the order of Article 4."""
