"""What the bot costs: start-up, answers, memory, growth, slow servers; `make bench` runs them."""
