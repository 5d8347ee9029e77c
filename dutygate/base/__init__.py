"""What every feature stands on: the catalogue of actions, the register, units and people, files, notices, the one door."""
