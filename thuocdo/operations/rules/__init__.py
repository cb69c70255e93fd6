"""What is said of an installation: values in, findings out."""
