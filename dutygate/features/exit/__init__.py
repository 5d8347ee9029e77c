"""退出（第四条（四））: a duty that is done, or no longer suits, leaves the lists; asked for by the department or by a township."""
