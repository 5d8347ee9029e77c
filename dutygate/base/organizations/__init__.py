"""组织与人员: jurisdictions, units with dated names and codes, seats, people, posts, calendar, login (Articles 1 and 3)."""
