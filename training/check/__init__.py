"""A corpus looked over before it is learned from: what is in it, and what could mislead."""
