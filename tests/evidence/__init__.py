"""Which test exercises which rule and which action, seen while the tests run, for `dutygate law coverage`."""
