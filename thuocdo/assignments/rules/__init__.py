"""Pure rules of the cascade: values in, values out."""
