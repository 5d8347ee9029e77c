"""文书与扫描件: files kept by the digest of their bytes, checked by what they are and not by what they are called."""
