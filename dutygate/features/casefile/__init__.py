"""卷宗: a case as one file that can be kept, read and checked without this system (Articles 4, 4.4)."""
