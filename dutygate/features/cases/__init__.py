"""准入事项卷: the case that every step of Article 4 adds to; its number, state, parties, assignments and corrections."""
