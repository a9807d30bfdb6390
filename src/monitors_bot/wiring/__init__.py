"""The wiring: a module for each function builds its concrete parts, and the function loads no other."""
