"""Custom::S3: notifications of a bucket that is not part of the stack.

Notifications for other functions and services do not change.
"""
import hashlib
import json

import boto3
import botocore.exceptions

from custom_resource import allow, answering, forbid, statement_id


def act(request_type, properties, place):
    function_name, bucket = properties["FunctionName"], properties["BucketName"]
    functions = boto3.client("lambda", region_name=place.region)
    statement = statement_id(function_name, bucket)
    if request_type == "Delete":
        forbid(functions, function_name, statement)
        try:
            set_notifications(place, bucket, function_name, [])
        except botocore.exceptions.ClientError as problem:
            if problem.response["Error"]["Code"] != "NoSuchBucket":  # a deleted bucket has no notifications
                raise
        return
    source = f"arn:{place.partition}:s3:::{bucket}"
    if request_type == "Create":
        allow(functions, function_name, statement, "s3.amazonaws.com", source, SourceAccount=place.account)
    set_notifications(place, bucket, function_name, properties["BucketConfigs"])


def set_notifications(place, bucket, function_name, wanted):
    client = boto3.client("s3", region_name=place.region)
    known = client.get_bucket_notification_configuration(Bucket=bucket)
    known.pop("ResponseMetadata", None)
    arn = place.function_arn(function_name)
    others = [
        c
        for c in known.get("LambdaFunctionConfigurations", [])
        if c["LambdaFunctionArn"] != arn and not c["LambdaFunctionArn"].startswith(arn + ":")
    ]
    known["LambdaFunctionConfigurations"] = others + [notification(arn, function_name, c) for c in wanted]
    client.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=known)


def notification(arn, function_name, wanted):
    digest = hashlib.md5(json.dumps(wanted, separators=(",", ":")).encode(), usedforsecurity=False).hexdigest()
    result = {"Id": f"{function_name}-{digest}", "LambdaFunctionArn": arn, "Events": [wanted["Event"]]}
    rules = [{"Name": name.lower(), "Value": value} for rule in wanted.get("Rules") or [] for name, value in rule.items()]
    if rules:
        result["Filter"] = {"Key": {"FilterRules": rules}}
    return result


handler = answering("CustomResourceExistingS3", act, "FunctionName", "BucketName")
