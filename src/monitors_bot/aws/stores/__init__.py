"""The bot's documents in its DynamoDB table, one module for each kind of data."""
