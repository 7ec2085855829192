import json
import sys


def handler(event, context):
    body = {"message": "Hello from Python " + sys.version.split()[0], "event": event}
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body),
    }
