"""保障台账（第五条）: what was promised with a duty, what came, and what the townships say of it. 费随事转."""
