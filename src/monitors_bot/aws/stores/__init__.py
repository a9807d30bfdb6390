"""What is kept in the DynamoDB table, one module a kind of document."""
