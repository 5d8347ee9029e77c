"""清单（第四条（三）、（五））: the duties that townships have, who leads them, and in force on which days."""
