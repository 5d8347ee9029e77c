"""任务核对（第七条）: is this task on our list, and is its form a forbidden one; the uniform deployments of the banner."""
