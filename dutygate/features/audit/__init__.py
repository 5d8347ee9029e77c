"""审计: the register searched and printed, the checks that prove it, the security log; for the audit administrator and the lead."""
