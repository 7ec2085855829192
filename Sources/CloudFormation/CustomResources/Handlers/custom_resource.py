"""What the handlers of custom resources share: the answer to CloudFormation, names and addresses.

A handler is called with a request of CloudFormation and must answer it whatever happens, as the stack waits for the
answer for an hour. See "Custom resource request and response objects" in the CloudFormation user guide.
"""
import json
import urllib.request

# CloudFormation takes no answer of more than 4096 bytes; a character is up to six of them when it is escaped.
REASON_LENGTH = 500


class Place:
    """Where the handler runs: the partition, region and account of the stack."""

    def __init__(self, context):
        parts = context.invoked_function_arn.split(":")
        self.partition, self.region, self.account = parts[1], parts[3], parts[4]

    def function_arn(self, name):
        return f"arn:{self.partition}:lambda:{self.region}:{self.account}:function:{name}"


def answering(physical_id, act, *identity):
    """Makes a handler of `act(request_type, properties, place)`; a failure of it is a failure of the resource.

    `identity` names the properties that say what is acted on, those inside another one after a dot. An update that
    changes one of them clears what was acted on before, and makes the rest anew.
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
        except Exception as problem:  # every fault must reach CloudFormation, or the stack hangs
            status = "FAILED"
            fault, log = f"{type(problem).__name__}: {problem}", f" (log stream {context.log_stream_name})"
            print(fault + log)
            reason = fault[:REASON_LENGTH] + log
        answer = {
            "Status": status,
            "Reason": reason,
            # A resource keeps the identity that it has: another one would make CloudFormation delete the old.
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
    """Clears what a resource acted on before; a fault is told, but the resource is already another one."""
    try:
        act("Delete", before, place)
    except Exception as problem:  # the role of the new stack may not reach it any more
        print(f"left as it was: {type(problem).__name__}: {problem}")


def at(properties, name):
    """The value of a property, of one inside another one by `Outer.Inner`; `None` where there is none."""
    for part in name.split("."):
        properties = properties.get(part) if isinstance(properties, dict) else None
    return properties


def statement_id(function_name, source, removed=".:*", lower=False):
    """The identity of a permission, the same at every call, in at most 100 characters."""
    for character in removed:
        source = source.replace(character, "")
    return f"{function_name}-{source.lower() if lower else source}"[:100]


def allow(client, function_name, statement, principal, source_arn, **more):
    """Lets a service invoke a function; a permission that is there already is replaced."""
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
    """Takes a permission away; it is no error if it, or the function, is gone."""
    try:
        client.remove_permission(FunctionName=function_name, StatementId=statement)
    except client.exceptions.ResourceNotFoundException:
        pass
