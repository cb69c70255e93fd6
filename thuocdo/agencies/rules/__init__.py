"""Rules about agencies: plain Python, values in, values out."""
