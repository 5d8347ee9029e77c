"""公文（GB/T 9704-2012）: one typed paper, set as docx and as PDF with the same measures. It knows no records and no case."""
