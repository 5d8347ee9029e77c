"""机构承继: what open cases, lists and people do when units merge, split or hand a function over (Articles 1, 3, 4.1, 4.5)."""
