"""界面: base templates, styles, the pages that say no, and the words of both languages."""
