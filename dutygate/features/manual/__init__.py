"""使用手册: how each office uses this system, in Chinese, by role, with pictures. Keeps nothing."""
