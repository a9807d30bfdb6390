"""What the bot keeps in its DynamoDB table, one module a kind of document."""
