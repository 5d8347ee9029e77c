"""调整（第四条（四）、（五））: a duty is changed, given to more or fewer townships, or turns regular; shown as a difference."""
