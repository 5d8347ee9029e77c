"""使用手册: how each office uses this system, in Chinese, by role, with pictures (Articles 3 to 8 as they come up). Reads nothing, keeps nothing."""
