"""Makes the small trained weights that ship, from data of our own; never needed to run what is installed."""
