"""管理: units, people and posts, seats, the calendar, log-ins; and everybody's own account (Articles 1 and 3, GB/T 22239-2019)."""
