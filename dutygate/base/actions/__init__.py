"""The one door: perform, open tasks, replay. Everything that changes, changes here."""
