"""What the bot needs of AWS."""
