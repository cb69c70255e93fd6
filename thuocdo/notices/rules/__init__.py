"""What a notice says, when it may be sent, which telephone numbers are numbers."""
