"""What the runtime costs by itself."""


def handler(event, context):
    return {"statusCode": 200, "body": '{"text": "Unit"}'}
