"""Which claims survive attack: arguments from what is said and done, and disputes over them."""
