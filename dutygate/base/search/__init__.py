"""查找: in which rows a word stands, and which rows are like another, in Chinese and without any extension of the database."""
