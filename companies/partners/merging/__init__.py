"""Two entries of the register that are the same place: one survives, with all that belongs."""
