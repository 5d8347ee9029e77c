"""法规版本：editions of the regulation as data, their provisions and citations (preamble, Articles 10 and 11)."""
