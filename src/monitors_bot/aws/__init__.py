"""The bot's queues, table and secret on AWS, reached with signed calls or with boto3."""
