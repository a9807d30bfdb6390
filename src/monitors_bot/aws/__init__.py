"""AWS: its queues, its table and its secret, reached with signed calls or with boto3."""
