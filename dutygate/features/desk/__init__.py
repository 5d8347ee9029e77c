"""工作台: what waits for me, by when and why; what I have done, begun and started (all articles)."""
