"""What generators that answer through another server have in common."""
