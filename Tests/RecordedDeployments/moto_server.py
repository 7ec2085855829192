#!/usr/bin/env python3
"""moto_server with CloudFormation made to behave as AWS does where a deployer can see the difference.

usage: moto_server.py [-p PORT]        (listens on 127.0.0.1 only; needs `pip install 'moto[server]'`)

What differs from moto's own CloudFormation:
 * change sets belong to their stack, a missing one may be deleted, and one of an unknown or broken stack is refused
 * an executed change set also renews the stack's outputs, exports, tags and role
 * one event per resource is written, newest first, as in DescribeStackEvents
 * a resource whose logical id contains "Doomed" fails to be created or updated; the stack then rolls back
   (CREATE -> ROLLBACK_COMPLETE, or gone with OnFailure=DELETE, or CREATE_FAILED with DisableRollback;
    UPDATE -> UPDATE_ROLLBACK_COMPLETE, or UPDATE_FAILED with DisableRollback);
   one whose logical id contains "Invalid" fails already when the change set is made
 * a stack with a non-empty bucket ends in DELETE_FAILED when it is removed
 * kinds of resources that moto does not know are had in name only (a steady physical id, attributes made up);
   versions of functions and layers have their ARN, API keys, usage plans and function URLs are there; DeletionPolicy: Retain holds in updates
 * a function's LastModified changes when it is updated, and what moto forgets of its configuration (dead letters,
   key, package type) is kept
 * custom resources succeed at once, without a Lambda function being run
 * templates are not linted (cfn-lint judges runtimes by today's date); ValidateTemplate refuses a template whose
   Resources are missing or name no Type
Lambda functions are not run: invocations answer from the queue that POST /moto-api/static/lambda-simple/response fills.
"""
import hashlib, os, sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")

import moto.cloudformation.models as cfn
import moto.cloudformation.parsing as parsing
import moto.cloudformation.responses as cfn_responses
from moto.cloudformation.custom_model import CustomModel
from moto.cloudformation.exceptions import ValidationError
from moto.core.config import default_user_config
from moto.s3.models import s3_backends, FakeBucket
from moto.apigateway.models import apigateway_backends
from moto.awslambda.models import LambdaFunction, LambdaVersion, LayerVersion
from moto.core.utils import iso_8601_datetime_with_nanoseconds
from moto.awslambda.utils import get_backend

default_user_config["lambda"] = {"use_docker": False}


def refused(message):
    return ValidationError(message=message)


# ---------------------------------------------------------------- templates

def validate(template):
    try:
        body = cfn.Stack.parse_template(template)
    except Exception as e:
        return [f"Template format error: {e}"]
    if not body.get("Resources"):
        return ["Template format error: At least one Resources member must be defined."]
    return [f"Template format error: [/Resources/{name}] Every Resources object must contain a Type member."
            for name, resource in body["Resources"].items() if not resource.get("Type")]


def validate_template(self, template):
    for finding in validate(template): raise refused(finding)
    return []


cfn.CloudFormationBackend.validate_template = validate_template


# ---------------------------------------------------------------- events

def event(stack, name, kind, status, reason=None, physical=""):
    stack.events.append(cfn.Event(
        stack_id=stack.stack_id, stack_name=stack.name, logical_resource_id=name, physical_resource_id=physical,
        resource_type=kind, resource_status=status, resource_status_reason=reason, resource_properties=None))


def stack_event(stack, status, reason=None):
    stack.status = status
    event(stack, stack.name, "AWS::CloudFormation::Stack", status, reason, stack.stack_id)


def physical(stack, name):
    r = stack.resource_map._parsed_resources.get(name)
    return getattr(r, "physical_resource_id", None) or ""


# ---------------------------------------------------------------- what a change comes to

class Failure(Exception):
    def __init__(self, name, kind, action, reason):
        super().__init__(reason)
        self.name, self.kind, self.action, self.reason = name, kind, action, reason


def doomed(template, diff):
    for action, verb in (("Add", "CREATE"), ("Modify", "UPDATE")):
        for name in diff[action]:
            if "Doomed" in name:
                kind = template["Resources"][name]["Type"]
                raise Failure(name, kind, verb, f'Resource handler returned message: "Invalid request provided: {name} cannot be had (Service: Simulated, Status Code: 400)" (HandlerErrorCode: InvalidRequest)')


def apply(backend, stack, template, parameters, tags, role, verb, disable_rollback=False, on_failure=None):
    """CREATE or UPDATE `stack` to `template`, with the events that this gives."""
    body = cfn.Stack.parse_template(template)
    diff = stack.resource_map.build_resource_diff(body)
    diff = {k: list(v) for k, v in diff.items()}
    old = dict(stack.resource_map._resource_json_map)
    stack_event(stack, f"{verb}_IN_PROGRESS", "User Initiated")
    try:
        for action, v in (("Add", "CREATE"), ("Modify", "UPDATE")):
            for name in diff[action]:
                event(stack, name, body["Resources"][name]["Type"], f"{v}_IN_PROGRESS", None, physical(stack, name))
        doomed(body, diff)
        try:
            # moto adds before it modifies; a new version is published of the function as modified
            later = [n for n in diff["Add"] if body["Resources"][n]["Type"] == "AWS::Lambda::Version"]
            if later and diff["Modify"]:
                stack.resource_map.update({**body, "Resources": {n: r for n, r in body["Resources"].items() if n not in later}}, parameters)
            stack.resource_map.update(body, parameters)
        except Exception as e:
            message = str(getattr(e, "description", None) or getattr(e, "message", None) or e) or repr(e)
            raise Failure(*next(((n, body["Resources"][n]["Type"], "CREATE") for n in diff["Add"] if n not in stack.resource_map._parsed_resources),
                                (diff["Modify"][0] if diff["Modify"] else stack.name, body["Resources"][diff["Modify"][0]]["Type"] if diff["Modify"] else "AWS::CloudFormation::Stack", "UPDATE")), message)
    except Failure as f:
        event(stack, f.name, f.kind, f"{f.action}_FAILED", f.reason)
        if disable_rollback:
            return stack_event(stack, f"{verb}_FAILED", f"The following resource(s) failed to {f.action.lower()}: [{f.name}]. ")
        if verb == "UPDATE":
            stack_event(stack, "UPDATE_ROLLBACK_IN_PROGRESS", f"The following resource(s) failed to {f.action.lower()}: [{f.name}]. ")
            stack_event(stack, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
            return stack_event(stack, "UPDATE_ROLLBACK_COMPLETE")
        if on_failure == "DELETE":
            stack_event(stack, "DELETE_IN_PROGRESS", f"The following resource(s) failed to {f.action.lower()}: [{f.name}]. Delete requested by user.")
            stack_event(stack, "DELETE_COMPLETE")
            backend.stacks.pop(stack.stack_id, None)
            backend.deleted_stacks[stack.stack_id] = stack
            return None
        stack_event(stack, "ROLLBACK_IN_PROGRESS", f"The following resource(s) failed to {f.action.lower()}: [{f.name}]. Rollback requested by user.")
        return stack_event(stack, "ROLLBACK_COMPLETE")
    for name in diff["Remove"]: stack.resource_map._parsed_resources.pop(name, None)
    for action, v in (("Add", "CREATE"), ("Modify", "UPDATE")):
        for name in diff[action]:
            event(stack, name, body["Resources"][name]["Type"], f"{v}_COMPLETE", None, physical(stack, name))
    if verb == "UPDATE":
        stack_event(stack, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        for name in diff["Remove"]:
            event(stack, name, old[name]["Type"], "DELETE_IN_PROGRESS")
            event(stack, name, old[name]["Type"], "DELETE_COMPLETE")
    stack.template = template
    stack._parse_template()
    stack.description = stack.template_dict.get("Description")
    stack.resource_map._template = stack.template_dict
    stack.output_map = stack._create_output_map()
    for key in [k for k, e in backend.exports.items() if e.exporting_stack_id == stack.stack_id]:
        backend.exports.pop(key)
    for e in stack.exports:
        backend.exports[e.name] = e
    if tags is not None: stack.tags = tags
    stack.role_arn = role
    stack_event(stack, f"{verb}_COMPLETE")


# ---------------------------------------------------------------- change sets and stacks

Backend = cfn.CloudFormationBackend
UPDATABLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE", "UPDATE_FAILED", "CREATE_FAILED"}
make_change_set = Backend.create_change_set


def live(self, name):
    return next((s for s in self.stacks.values() if name in (s.name, s.stack_id)), None)


def mine(self, change_set_name, stack_name=None):
    for i, c in self.change_sets.items():
        if change_set_name == i or (c.change_set_name == change_set_name and (stack_name is None or stack_name in (c.stack_name, c.stack_id)) and live(self, c.stack_id)):
            return i
    return None


def check(self, stack):
    if stack.status not in UPDATABLE:
        raise refused(f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated.")


def create_change_set(self, stack_name, change_set_name, template, parameters, change_set_type, **rest):
    stack = live(self, stack_name)
    if change_set_type == "UPDATE":
        if not stack: raise refused(f"Stack [{stack_name}] does not exist")
        check(self, stack)
    elif stack:
        if stack.status != "REVIEW_IN_PROGRESS":
            raise refused(f"Stack [{stack_name}] already exists and cannot be created again with the changeSet [{change_set_name}].")
        self.stacks.pop(stack.stack_id)
    if mine(self, change_set_name, stack_name):
        raise refused(f"ChangeSet {mine(self, change_set_name, stack_name)} already exists")
    result = make_change_set(self, stack_name=stack_name, change_set_name=change_set_name, template=template, parameters=parameters, change_set_type=change_set_type, **rest)
    change_set = self.change_sets[result[0]]
    for name in change_set.template_dict["Resources"]:
        if "Invalid" in name:
            change_set.status, change_set.execution_status = "FAILED", "UNAVAILABLE"
            change_set.status_reason = f"Template error: resource {name} cannot be had"
    return result


def delete_change_set(self, change_set_name, stack_name=None):
    if stack_name and not live(self, stack_name): raise refused(f"Stack [{stack_name}] does not exist")
    key = mine(self, change_set_name, stack_name)
    if key: del self.change_sets[key]


def describe_change_set(self, change_set_name, stack_name=None):
    key = mine(self, change_set_name, stack_name)
    if not key: raise refused(f"ChangeSet [{change_set_name}] does not exist")
    return self.change_sets[key]


def execute_change_set(self, change_set_name, stack_name=None, disable_rollback=False):
    key = mine(self, change_set_name, stack_name)
    if not key: raise refused(f"ChangeSet [{change_set_name}] does not exist")
    c = self.change_sets.pop(key)
    apply(self, self.stacks[c.stack_id], c.template, c.parameters, c.tags, c.role_arn, c.change_set_type, disable_rollback)


def create_stack(self, name, template, parameters, notification_arns=None, tags=None, role_arn=None, enable_termination_protection=False, timeout_in_mins=None, stack_policy_body=None, disable_rollback=False, on_failure=None):
    if live(self, name): raise cfn.AlreadyExistsException(f"Stack [{name}] already exists")
    stack = cfn.Stack(stack_id=cfn.generate_stack_id(name, self.region_name, self.account_id), name=name, template={}, parameters=parameters or {},
                      account_id=self.account_id, region_name=self.region_name, notification_arns=notification_arns, tags=tags, role_arn=role_arn,
                      cross_stack_resources=self.exports, enable_termination_protection=enable_termination_protection, timeout_in_mins=timeout_in_mins, stack_policy_body=stack_policy_body)
    self.stacks[stack.stack_id] = stack
    apply(self, stack, template, parameters, tags, role_arn, "CREATE", disable_rollback, on_failure)
    return stack


def update_stack(self, name, template, role_arn, parameters, tags, disable_rollback=False):
    stack = live(self, name)
    if not stack: raise refused(f"Stack [{name}] does not exist")
    check(self, stack)
    if stack.template and cfn.Stack.parse_template(stack.template) == cfn.Stack.parse_template(template):
        raise refused("No updates are to be performed.")
    apply(self, stack, template, self._resolve_update_parameters(instance=stack, incoming_params=parameters), tags, role_arn, "UPDATE", disable_rollback)
    return stack


remove_stack = Backend.delete_stack


def delete_stack(self, name_or_stack_id):
    stack = live(self, name_or_stack_id)
    if not stack: return
    for name, r in list(stack.resource_map._parsed_resources.items()):
        if isinstance(r, FakeBucket) and r.name not in s3_backends[self.account_id]["aws"].buckets:
            stack.resource_map._parsed_resources.pop(name)
        elif isinstance(r, FakeBucket) and stack.resource_map._resource_json_map.get(name, {}).get("DeletionPolicy") != "Retain":
            bucket = s3_backends[self.account_id]["aws"].buckets.get(r.name)
            if bucket and bucket.keys:
                stack_event(stack, "DELETE_IN_PROGRESS", "User Initiated")
                event(stack, name, "AWS::S3::Bucket", "DELETE_IN_PROGRESS", None, r.name)
                event(stack, name, "AWS::S3::Bucket", "DELETE_FAILED", "The bucket you tried to delete is not empty (Service: Amazon S3; Status Code: 409; Error Code: BucketNotEmpty; Request ID: SIMULATED; S3 Extended Request ID: SIMULATED; Proxy: null)", r.name)
                stack_event(stack, "DELETE_FAILED", f"The following resource(s) failed to delete: [{name}]. ")
                return
    for key in [k for k, e in self.exports.items() if e.exporting_stack_id == stack.stack_id]:
        self.exports.pop(key)
    stack.delete()
    self.stacks.pop(stack.stack_id, None)
    self.deleted_stacks[stack.stack_id] = stack


for f in (create_change_set, delete_change_set, describe_change_set, execute_change_set, create_stack, update_stack, delete_stack):
    setattr(Backend, f.__name__, f)


# The parameters that moto's responses do not hand on
def handing_on(name, **extra):
    original = getattr(Backend, name)
    def method(self, *args, **kwargs):
        request = getattr(self, "_request", None)
        if request is not None:
            for key, parameter in extra.items():
                value = request._get_param(parameter)
                if value is not None and key not in kwargs:
                    kwargs[key] = value in (True, "true") if key == "disable_rollback" else value
        return original(self, *args, **kwargs)
    setattr(Backend, name, method)


handing_on("delete_change_set", stack_name="StackName")
handing_on("describe_change_set", stack_name="StackName")
handing_on("execute_change_set", disable_rollback="DisableRollback")
handing_on("create_stack", disable_rollback="DisableRollback", on_failure="OnFailure")
handing_on("update_stack", disable_rollback="DisableRollback")

own_backend = cfn_responses.CloudFormationResponse.cloudformation_backend


def backend_with_request(self):
    backend = own_backend.fget(self)
    backend._request = self
    return backend


cfn_responses.CloudFormationResponse.cloudformation_backend = property(backend_with_request)


# ---------------------------------------------------------------- custom resources

def create_custom(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    resource = CustomModel(region_name, "simulated", kwargs["LogicalId"], resource_name)
    resource.set_data({})
    return resource


CustomModel.create_from_cloudformation_json = classmethod(create_custom)
CustomModel.update_from_cloudformation_json = classmethod(lambda cls, original_resource, *a, **k: original_resource)
CustomModel.delete_from_cloudformation_json = classmethod(lambda cls, *a, **k: None)
CustomModel.delete = lambda self, *a, **k: None

# ---------------------------------------------------------------- resources that moto does not know

def steady(*parts, n=10):
    return "".join("abcdefghijklmnopqrstuvwxyz0123456789"[b % 36] for b in hashlib.sha256("/".join(parts).encode()).digest()[:n])


class InNameOnly(CustomModel):
    """A resource of any kind: the name its properties give it, or a steady one."""
    __module__ = CustomModel.__module__  # moto sorts its models by the module's name

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        kind, logical = kwargs["ResourceType"], kwargs["LogicalId"]
        properties = cloudformation_json.get("Properties") or {}
        stack = kwargs["StackId"].split("/")[1]
        r = cls(region_name, "simulated", logical, f"{stack}-{logical}-{steady(stack, logical)}")
        r.kind, r.account_id, r._finished = kind, account_id, True
        if kind == "AWS::ApiGateway::UsagePlan":
            stages = [{"apiId": x["ApiId"], "stage": x["Stage"]} for x in properties.get("ApiStages", [])]
            r.resource_name = apigateway_backends[account_id][region_name].create_usage_plan({"name": properties.get("UsagePlanName", logical), "apiStages": stages}).id
        elif kind in ("AWS::ApiGatewayV2::Api", "AWS::ApiGateway::Authorizer"): r.resource_name = steady(stack, logical)
        elif kind == "AWS::ApiGateway::ApiKey":
            key = apigateway_backends[account_id][region_name].create_api_key({
                "name": properties.get("Name"), "value": properties.get("Value"), "description": properties.get("Description"), "enabled": True})
            r.resource_name = key.id
        elif kind == "AWS::ApiGateway::Stage" or kind == "AWS::ApiGatewayV2::Stage": r.resource_name = properties.get("StageName", r.resource_name)
        elif kind == "AWS::Lambda::Url":
            r.resource_name = str(properties.get("TargetFunctionArn"))
            r.data = {"FunctionUrl": f"https://{steady(stack, logical, n=32)}.lambda-url.{region_name}.on.aws/"}
        elif kind == "AWS::CloudFront::Distribution":
            r.resource_name, r.data = steady(stack, logical, n=14).upper(), {"DomainName": f"{steady(stack, logical, n=13)}.cloudfront.net"}
        return r

    def get_cfn_attribute(self, name):
        if name in self.data: return self.data[name]
        if name.endswith("Arn"): return f"arn:aws:{self.kind.split('::')[1].lower()}:{self.region_name}:{self.account_id}:{self.resource_name}"
        return f"{self.resource_name}-{name}"


InNameOnly.update_from_cloudformation_json = classmethod(lambda cls, original_resource, *a, **k: original_resource)
InNameOnly.delete_from_cloudformation_json = classmethod(lambda cls, *a, **k: None)

known_class = parsing.resource_class_from_type
parsing.resource_class_from_type = lambda kind: known_class(kind) or InNameOnly


def publish(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    function = get_backend(account_id, region_name).publish_version(cloudformation_json["Properties"]["FunctionName"])
    version = LambdaVersion({"Version": function.version})
    version.arn = function.function_arn.rsplit(":", 1)[0] + f":{function.version}" if function.function_arn.count(":") > 6 else f"{function.function_arn}:{function.version}"
    return version


LambdaVersion.create_from_cloudformation_json = classmethod(publish)
LambdaVersion.update_from_cloudformation_json = classmethod(lambda cls, original_resource, *a, **k: original_resource)
LambdaVersion.physical_resource_id = property(lambda self: self.arn)
LambdaVersion.get_cfn_attribute = lambda self, name: self.version
LambdaVersion.delete = lambda self, *a, **k: None

LayerVersion.physical_resource_id = property(lambda self: self.arn)
make_layer = LayerVersion.create_from_cloudformation_json


def layer(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    return make_layer.__func__(cls, cloudformation_json["Properties"].get("LayerName") or resource_name, cloudformation_json, account_id, region_name, **kwargs)


LayerVersion.create_from_cloudformation_json = classmethod(layer)
LayerVersion.update_from_cloudformation_json = classmethod(
    lambda cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name: cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name))

change_resource = parsing.parse_and_update_resource


def update_resource(logical_id, resource_json, resources_map, **kwargs):
    return change_resource(logical_id, resource_json, resources_map, **kwargs) or resources_map[logical_id]


parsing.parse_and_update_resource = update_resource



def touching(name):
    original = getattr(LambdaFunction, name)
    def method(self, *args, **kwargs):
        result = original(self, *args, **kwargs)
        self.last_modified = iso_8601_datetime_with_nanoseconds()
        return result
    setattr(LambdaFunction, name, method)


touching("update_configuration")
touching("update_function_code")


def remembering(self, updates):
    self.unknown = {**getattr(self, "unknown", {}), **{k: v for k, v in updates.items() if k in ("DeadLetterConfig", "KMSKeyArn")}}
    return configure(self, updates)


def configuration(self, *args, **kwargs):
    return {**known_configuration(self, *args, **kwargs), **getattr(self, "unknown", {})}


def from_template(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    function = make_function.__func__(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
    image = cloudformation_json["Properties"].get("Code", {}).get("ImageUri")
    if image: function.package_type, function.code_sha_256 = "Image", image.split("sha256:")[-1]
    return function


configure, known_configuration, make_function = LambdaFunction.update_configuration, LambdaFunction.get_configuration, LambdaFunction.create_from_cloudformation_json
LambdaFunction.update_configuration, LambdaFunction.get_configuration = remembering, configuration
LambdaFunction.create_from_cloudformation_json = classmethod(from_template)

forget = parsing.ResourceMap._delete_resource


def delete_resource(self, parsed_resource, resource_json):
    if resource_json.get("DeletionPolicy") != "Retain": forget(self, parsed_resource, resource_json)


parsing.ResourceMap._delete_resource = delete_resource

if __name__ == "__main__":
    port = sys.argv[sys.argv.index("-p") + 1] if "-p" in sys.argv else "5000"
    from moto.server import main
    main(["-H", "127.0.0.1", "-p", port])
