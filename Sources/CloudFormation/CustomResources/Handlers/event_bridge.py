"""Custom::EventBridge: a rule with its target, and the event bus of the rule."""
import hashlib
import json

import boto3

from custom_resource import allow, answering, forbid, statement_id


def act(request_type, properties, place):
    function_name, wanted = properties["FunctionName"], properties["EventBridgeConfig"]
    rule, bus = wanted["RuleName"], bus_name(wanted.get("EventBus"))
    events = boto3.client("events", region_name=place.region)
    functions = boto3.client("lambda", region_name=place.region)
    statement = statement_id(function_name, rule, lower=True)
    is_own_bus = bus not in (None, "default") and not wanted["EventBus"].startswith("arn")
    on_bus = {"EventBusName": bus} if bus else {}
    if request_type == "Delete":
        forbid(functions, function_name, statement)
        remove_rule(events, rule, on_bus)
        if is_own_bus:
            remove_bus(events, bus)
        return
    if request_type == "Create":
        path = f"{bus}/{rule}" if bus else rule
        source = f"arn:{place.partition}:events:{place.region}:{place.account}:rule/{path}"
        allow(functions, function_name, statement, "events.amazonaws.com", source)
        if is_own_bus:
            add_bus(events, bus)
    settings = {"State": wanted["State"]}
    if wanted.get("Pattern") is not None:
        settings["EventPattern"] = json.dumps(wanted["Pattern"])
    if wanted.get("Schedule"):
        settings["ScheduleExpression"] = wanted["Schedule"]
    events.put_rule(Name=rule, **on_bus, **settings)
    events.put_targets(Rule=rule, **on_bus, Targets=[target(place.function_arn(function_name), wanted)])


def bus_name(bus):
    """The name of a bus, given its name or ARN; `None` for the default bus."""
    return bus[bus.index("/") + 1 :] if bus and bus.startswith("arn") else bus or None


def add_bus(client, name):
    try:
        client.create_event_bus(Name=name)
    except client.exceptions.ResourceAlreadyExistsException:
        pass  # created by another rule of the stack


def remove_bus(client, name):
    """Deletes a bus if it has no rules."""
    try:
        if not client.list_rules(EventBusName=name)["Rules"]:
            client.delete_event_bus(Name=name)
    except client.exceptions.ResourceNotFoundException:
        pass


def remove_rule(client, rule, on_bus):
    try:
        client.remove_targets(Rule=rule, **on_bus, Ids=[target_id(rule)])
        client.delete_rule(Name=rule, **on_bus)
    except client.exceptions.ResourceNotFoundException:
        pass


def target(arn, wanted):
    result = {"Arn": arn, "Id": target_id(wanted["RuleName"])}
    if wanted.get("Input"):
        result["Input"] = json.dumps(wanted["Input"])
    elif wanted.get("InputPath"):
        result["InputPath"] = wanted["InputPath"]
    elif wanted.get("InputTransformer"):
        result["InputTransformer"] = wanted["InputTransformer"]
    return result


def target_id(rule):
    """The ID of the target of a rule, with at most 64 characters."""
    name = f"{rule}-target"
    if len(name) <= 64:
        return name
    return f"{name[:25]}{hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()}-target"


handler = answering(
    "CustomResourceEventBridge", act, "FunctionName", "EventBridgeConfig.EventBus", "EventBridgeConfig.RuleName"
)
