"""Shared code of the custom resource handlers: responses to CloudFormation, ARNs and permissions.

A handler receives a request from CloudFormation. It has to send a response even if it fails; otherwise, the stack waits
for an hour. See "Custom resource request and response objects" in the CloudFormation user guide.
"""
import json
import urllib.request

# CloudFormation rejects responses of more than 4096 bytes. An escaped character has up to six bytes.
REASON_LENGTH = 500


class Place:
    """The partition, region and account of the stack."""

    def __init__(self, context):
        parts = context.invoked_function_arn.split(":")
        self.partition, self.region, self.account = parts[1], parts[3], parts[4]

    def function_arn(self, name):
        return f"arn:{self.partition}:lambda:{self.region}:{self.account}:function:{name}"


def answering(physical_id, act, *identity):
    """Returns a handler that calls `act(request_type, properties, place)`. If it fails, the resource fails.

    `identity` contains the properties, such as `Outer.Inner`, that identify the object to change. If an update changes
    one of them, the handler deletes the settings of the old object and creates those of the new one.
    """

    def handler(event, context):
        status, reason = "SUCCESS", ""
        try:
            kind, properties, place = event["RequestType"], event["ResourceProperties"], Place(context)
            before = event.get("OldResourceProperties")
            if kind == "Update" and before and any(at(before, name) != at(properties, name) for name in identity):
                clear(act, before, place)
                kind = "Create"
            act(kind, properties, place)
        except Exception as problem:  # every error has to be sent to CloudFormation, or the stack waits
            status = "FAILED"
            message, log = f"{type(problem).__name__}: {problem}", f" (log stream {context.log_stream_name})"
            print(message + log)
            reason = message[:REASON_LENGTH] + log
        answer = {
            "Status": status,
            "Reason": reason,
            # The ID must not change: CloudFormation would delete the resource with the old ID.
            "PhysicalResourceId": event.get("PhysicalResourceId") or physical_id,
            "StackId": event["StackId"],
            "RequestId": event["RequestId"],
            "LogicalResourceId": event["LogicalResourceId"],
        }
        request = urllib.request.Request(
            event["ResponseURL"], data=json.dumps(answer).encode(), method="PUT", headers={"Content-Type": ""}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            response.read()

    return handler


def clear(act, before, place):
    """Deletes the settings of the previous object. An error is printed only, as the update has already succeeded."""
    try:
        act("Delete", before, place)
    except Exception as problem:  # the new role may not have access to the previous object
        print(f"could not remove the previous settings: {type(problem).__name__}: {problem}")


def at(properties, name):
    """The value of a property, such as `Outer.Inner`, or `None` if it does not exist."""
    for part in name.split("."):
        properties = properties.get(part) if isinstance(properties, dict) else None
    return properties


def statement_id(function_name, source, removed=".:*", lower=False):
    """The statement ID of a permission: the same for every call, with at most 100 characters."""
    for character in removed:
        source = source.replace(character, "")
    return f"{function_name}-{source.lower() if lower else source}"[:100]


def allow(client, function_name, statement, principal, source_arn, **more):
    """Allows a service to invoke a function. An existing permission is replaced."""
    forbid(client, function_name, statement)
    client.add_permission(
        FunctionName=function_name,
        StatementId=statement,
        Action="lambda:InvokeFunction",
        Principal=principal,
        SourceArn=source_arn,
        **more,
    )


def forbid(client, function_name, statement):
    """Removes a permission. It is not an error if the permission or the function does not exist."""
    try:
        client.remove_permission(FunctionName=function_name, StatementId=statement)
    except client.exceptions.ResourceNotFoundException:
        pass
