"""Floor 3. One folder, one feature; each may use those listed before it in the contracts."""
