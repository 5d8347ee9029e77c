"""任务核对（第七条）: is this task on our list, and is its form one in which nothing may be handed down; uniform deployments of the banner."""
