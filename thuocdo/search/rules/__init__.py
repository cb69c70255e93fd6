"""What a question asks for, and how well a text answers it."""
