"""登记簿: the chained record of every action, refused ones included. It knows nothing of what the actions mean."""
