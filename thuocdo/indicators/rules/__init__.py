"""Rules of measuring: plain Python, values in, values and the reason out."""
