"""年度回看（第四条（四）、（五））: each December lead and departments look at every duty in force; townships fill in nothing."""
