"""决定与告知（第一条、第四条（二）至（四））: who decides, what was decided, who was told in writing, and who has acknowledged."""
