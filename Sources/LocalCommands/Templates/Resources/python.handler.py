import json


def hello(event, context):
    body = {"message": "Hello from Python", "event": event}
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body),
    }
