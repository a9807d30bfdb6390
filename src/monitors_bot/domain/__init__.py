"""What the bot knows and what it says: pure, without a clock, a network or a log."""
