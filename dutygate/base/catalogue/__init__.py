"""The catalogue of actions: what an action is, how it refuses, and where all of them are found."""
