"""条款: the regulation itself, what keeps each provision, the diagram of the procedure, the terms and the help (Articles 2, 9-11)."""
