"""Training: samples and seeds in, small models with cards out. Nothing here is needed to parse."""
