"""公文（第四条）: the papers of a case and of the lists, by GB/T 9704-2012, with letterheads, numbers and templates."""
