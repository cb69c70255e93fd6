"""Forms, one module for each area of pages."""
