"""What a call of AWS is, as the service models of botocore describe it: its service, operation, parameters and errors."""
import dataclasses
import functools
import json
import re
import urllib.parse

import botocore.session

SESSION = botocore.session.get_session()


@functools.cache
def model(service):
    return SESSION.get_service_model(service)


#: The names of services in botocore, by the names in signatures.
SIGNING_NAMES = {
    "cloudformation": "cloudformation", "s3": "s3", "lambda": "lambda", "apigateway": "apigateway", "logs": "logs",
    "monitoring": "cloudwatch", "sts": "sts", "ssm": "ssm", "iam": "iam", "ecr": "ecr", "sso": "sso",
    "secretsmanager": "secretsmanager",
}


def header(call, name):
    return next((value for key, value in call.headers if key.lower() == name.lower()), None)


def service_of(call):
    authorization = header(call, "Authorization") or ""
    scope = re.search(r"Credential=[^/]+/\d{8}/[^/]+/([^/]+)/aws4_request", authorization)
    if not scope:
        return None
    name = SIGNING_NAMES[scope.group(1)]
    # The two versions of API Gateway have one signing name.
    return "apigatewayv2" if name == "apigateway" and call.path.startswith("/v2/") else name


def protocol_of(call):
    """The protocol of a call: that of its service, and for services with several ones the one that the call has."""
    metadata = model(service_of(call)).metadata
    if "query" in metadata.get("protocols", [metadata["protocol"]]) and (
        header(call, "Content-Type") or ""
    ).startswith("application/x-www-form-urlencoded"):
        return "query"
    return metadata["protocol"]


def query_of(call):
    return urllib.parse.parse_qsl(call.target.partition("?")[2], keep_blank_values=True)


@functools.cache
def routes(service):
    """The operations of a REST service: (method, pattern of the path, needed query, operation)."""
    found = []
    for name in model(service).operation_names:
        operation = model(service).operation_model(name)
        path, _, query = operation.http["requestUri"].partition("?")
        labels = re.findall(r"\{([\w-]+)\+?\}", path)
        pattern = re.sub(r"\\\{[\w\\-]+\\\}", "([^/]+)", re.sub(r"\\\{[\w\\-]+\\\+\\\}", "(.+)", re.escape(path)))
        needed = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        # Members of the input that are always in the query tell operations with the same path apart.
        shape = operation.input_shape
        places = [shape.members[m].serialization for m in (shape.required_members if shape else [])]
        required = {place["name"] for place in places if place.get("location") == "querystring"}
        fields = {place["name"].lower() for place in places if place.get("location") == "header"}
        found.append(
            Route(operation.http["method"], re.compile(pattern.rstrip("/") + "/?"), labels, needed, required, fields, name)
        )
    # The most specific one first.
    return sorted(found, key=lambda route: -(len(route.needed) + len(route.required) + len(route.fields)))


@dataclasses.dataclass
class Route:
    """How an operation of a REST service is called."""

    method: str
    pattern: re.Pattern
    labels: list
    needed: dict
    required: set
    fields: set
    name: str


def route_of(call):
    """The operation of a REST call and the values in its path; `None` for those that the model does not have."""
    query = dict(query_of(call))
    fields = {name.lower() for name, _ in call.headers}
    for route in routes(service_of(call)):
        match = route.pattern.fullmatch(call.path)
        if not match or route.method != call.method or not route.required <= set(query) or not route.fields <= fields:
            continue
        if all(key in query and (not value or query[key] == value) for key, value in route.needed.items()):
            return route, dict(zip(route.labels, map(urllib.parse.unquote, match.groups())))
    return None


def operation_of(call):
    if service_of(call) is None:
        return None
    protocol = protocol_of(call)
    if protocol in ("query", "ec2"):
        return dict(urllib.parse.parse_qsl(call.body.decode())).get("Action")
    if protocol == "json":
        return (header(call, "X-Amz-Target") or "").rpartition(".")[2]
    found = route_of(call)
    return found and found[0].name


# ------------------------------------------------------------------ errors in the form of the service

def error_answer(call, kind):
    """An error as the service of a call sends it: (status, header fields, content)."""
    service = service_of(call)
    protocol = protocol_of(call) if service else "query"
    denied = f"User: arn:aws:iam::123456789012:user/ada is not authorized to perform: {service}:{operation_of(call)}"
    message = {"500": "We encountered an internal error.", "throttled": "Rate exceeded", "denied": denied}[kind]
    if protocol == "rest-xml":
        code, status = {
            "500": ("InternalError", 500), "throttled": ("SlowDown", 503), "denied": ("AccessDenied", 403),
        }[kind]
        body = f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>R</RequestId></Error>"
        return status, [("Content-Type", "application/xml")], b"" if call.method == "HEAD" else body.encode()
    if protocol == "query":
        code, status = {
            "500": ("InternalFailure", 500), "throttled": ("Throttling", 400), "denied": ("AccessDenied", 403),
        }[kind]
        body = (
            f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
            "<RequestId>R</RequestId></ErrorResponse>"
        )
        return status, [("Content-Type", "text/xml")], body.encode()
    code, status = {
        "500": ("InternalFailure" if protocol == "json" else "ServiceException", 500),
        "throttled": ("ThrottlingException", 400) if protocol == "json" else ("TooManyRequestsException", 429),
        "denied": ("AccessDeniedException", 400 if protocol == "json" else 403),
    }[kind]
    body = {"__type": code, "message": message}
    return status, [("Content-Type", "application/json"), ("x-amzn-ErrorType", code)], json.dumps(body).encode()


# ------------------------------------------------------------------ rounds

#: Questions for the progress of CloudFormation, whose number depends on how long it takes.
POLLS = ("DescribeChangeSet", "DescribeStackEvents")


def rounds(calls, polls=POLLS):
    """The length of the longest chain of calls, beside polls, of which each began after the previous one had ended."""
    chain = []
    for call in sorted((c for c in calls if c.operation not in polls), key=lambda c: c.start):
        before = [length for other, length in chain if other.end <= call.start]
        chain.append((call, 1 + max(before, default=0)))
    return max((length for _, length in chain), default=0)
