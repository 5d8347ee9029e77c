"""导入: a file of rows becomes what the lists should hold: read, mapped, judged row by row, shown, and only then acted upon."""
