"""Checks calls against the service models of botocore: what the program sent is what botocore would have sent."""
import base64
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

from botocore.serialize import create_serializer
from botocore.validate import ParamValidator

import calls


def problems(call):
    """What is wrong with a call; an empty list if it is valid."""
    service, name = calls.service_of(call), calls.operation_of(call)
    if service is None:
        return ["the call has no signature"]
    if name is None or name not in calls.model(service).operation_names:
        return [f"{service} has no operation {name} for {call.method} {call.target}"]
    operation = calls.model(service).operation_model(name)
    reading = Reading(call, service, operation)
    shape = operation.input_shape
    found = list(reading.problems)
    if shape is not None:
        report = ParamValidator().validate(reading.parameters, shape)
        if report.has_errors():
            found.append(report.generate_report())
        found += values_outside_model(reading.parameters, shape, name)
    if not found:
        found += differences(call, service, operation, reading.parameters)
    return [f"{service}:{name}: {problem}" for problem in found]


def values_outside_model(value, shape, place):
    """Values that are not in an enumeration, or do not match a pattern."""
    if shape.type_name == "structure":
        return [p for key, item in value.items() for p in values_outside_model(item, shape.members[key], f"{place}.{key}")]
    if shape.type_name == "list":
        return [p for n, item in enumerate(value) for p in values_outside_model(item, shape.member, f"{place}[{n}]")]
    if shape.type_name == "map":
        return [p for key, item in value.items() for p in values_outside_model(item, shape.value, f"{place}.{key}")]
    found = []
    if shape.type_name == "string":
        if shape.enum and value not in shape.enum:
            found.append(f"{place}: '{value}' is not one of {shape.enum}")
        pattern = shape.metadata.get("pattern")
        try:
            if pattern and not re.search(pattern, value):
                found.append(f"{place}: '{value[:80]}' does not match {pattern}")
        except re.error:
            pass  # Patterns of other languages.
        if (limit := shape.metadata.get("max")) and len(value) > limit:
            found.append(f"{place}: more than {limit} characters")
    return found


class Reading:
    """The parameters of a call, read by the model of its operation."""

    def __init__(self, call, service, operation):
        self.call, self.operation, self.problems, self.parameters = call, operation, [], {}
        protocol = calls.protocol_of(call)
        if protocol == "query":
            self.read_form(calls.model(service))
        elif protocol == "json":
            self.parameters = self.from_json(json.loads(call.body), operation.input_shape)
        else:
            self.read_rest(protocol)

    # ------------------------------------------------------------------ forms

    def read_form(self, model):
        self.form = dict(urllib.parse.parse_qsl(self.call.body.decode(), keep_blank_values=True))
        self.used = {"Action", "Version"}
        if self.form.get("Version") != model.api_version:
            self.problems.append(f"the version is {self.form.get('Version')}, not {model.api_version}")
        if self.operation.input_shape:
            self.parameters = self.from_form(self.operation.input_shape, "")
        self.problems += [f"the unknown parameter {key}" for key in self.form if key not in self.used]

    def from_form(self, shape, prefix):
        if shape.type_name == "structure":
            result = {}
            for name, member in shape.members.items():
                key = (prefix + "." if prefix else "") + member.serialization.get("name", name)
                if any(k == key or k.startswith(key + ".") for k in self.form):
                    result[name] = self.from_form(member, key)
            return result
        if shape.type_name == "list":
            if prefix in self.form:
                self.used.add(prefix)
                if self.form[prefix]:
                    self.problems.append(f"{prefix} is a list")
                return []
            key = prefix if shape.serialization.get("flattened") \
                else f"{prefix}.{shape.member.serialization.get('name', 'member')}"
            items = []
            while any(k == f"{key}.{len(items) + 1}" or k.startswith(f"{key}.{len(items) + 1}.") for k in self.form):
                items.append(self.from_form(shape.member, f"{key}.{len(items) + 1}"))
            return items
        self.used.add(prefix)
        return self.scalar(self.form.get(prefix, ""), shape)

    def scalar(self, text, shape):
        kind = shape.type_name
        if kind == "boolean":
            if text not in ("true", "false"):
                self.problems.append(f"'{text}' is not a boolean")
            return text == "true"
        if kind in ("integer", "long"):
            return int(text)
        if kind in ("float", "double"):
            return float(text)
        if kind == "blob":
            return base64.b64decode(text)
        return text

    # ------------------------------------------------------------------ documents

    def from_json(self, value, shape):
        kind = shape.type_name
        if kind == "structure":
            if getattr(shape, "is_document_type", False):
                return value
            known = {member.serialization.get("name", name): name for name, member in shape.members.items()}
            self.problems += [f"the unknown member {key}" for key in value if key not in known]
            return {
                known[key]: self.from_json(item, shape.members[known[key]]) for key, item in value.items() if key in known
            }
        if kind == "list":
            return [self.from_json(item, shape.member) for item in value]
        if kind == "map":
            return {key: self.from_json(item, shape.value) for key, item in value.items()}
        return base64.b64decode(value) if kind == "blob" else value

    def from_xml(self, element, shape):
        kind = shape.type_name
        if kind == "structure":
            result, known = {}, {}
            for name, member in shape.members.items():
                known[member.serialization.get("name", name)] = name
            for child in element:
                name = known.get(local(child.tag))
                if name is None:
                    self.problems.append(f"the unknown element {local(child.tag)}")
                elif shape.members[name].type_name == "list" and shape.members[name].serialization.get("flattened"):
                    result.setdefault(name, []).append(self.from_xml(child, shape.members[name].member))
                else:
                    result[name] = self.from_xml(child, shape.members[name])
            return result
        if kind == "list":
            return [self.from_xml(child, shape.member) for child in element]
        return self.scalar(element.text or "", shape)

    def read_rest(self, protocol):
        route, labels = calls.route_of(self.call)
        query = calls.query_of(self.call)
        left = {key for key, _ in query} - set(route.needed)
        shape = self.operation.input_shape
        fields = {"x-amz-date", "x-amz-content-sha256", "x-amz-security-token"}
        payload = (shape.serialization.get("payload") if shape else None)
        in_body = {}
        for name, member in (shape.members.items() if shape else ()):
            place, key = member.serialization.get("location"), member.serialization.get("name", name)
            if place == "uri":
                if key in labels:
                    self.parameters[name] = self.scalar(labels[key], member)
            elif place == "querystring":
                found = [value for k, value in query if k == key]
                left.discard(key)
                if found and member.type_name == "list":
                    self.parameters[name] = found
                elif found:
                    self.parameters[name] = self.scalar(found[0], member)
            elif place == "header":
                fields.add(key.lower())
                if (value := calls.header(self.call, key)) is not None and key.lower() != "content-length":
                    self.parameters[name] = self.scalar(value, member)
            elif place == "headers":
                found = {
                    k[len(key):]: v for k, v in self.call.headers if k.lower().startswith(key.lower())
                }
                fields |= {k.lower() for k, _ in self.call.headers if k.lower().startswith(key.lower())}
                if found:
                    self.parameters[name] = found
            elif payload is None:
                in_body[name] = member
        self.problems += [f"the unknown query parameter {key}" for key in sorted(left)]
        self.problems += [
            f"the unknown header field {key}" for key, _ in self.call.headers
            if key.lower().startswith("x-amz-") and key.lower() not in fields
        ]
        if payload:
            member = shape.members[payload]
            if member.type_name in ("blob", "string"):
                if self.call.body:
                    self.parameters[payload] = self.call.body
            elif self.call.body:
                self.parameters[payload] = self.from_xml(ElementTree.fromstring(self.call.body), member)
        elif self.call.body and protocol == "rest-json":
            self.parameters.update(self.from_json(json.loads(self.call.body), shape))
        elif self.call.body:
            self.problems.append("the call has content, which the operation does not have")


def local(tag):
    return tag.rpartition("}")[2]


# ------------------------------------------------------------------ what botocore would send

def differences(call, service, operation, parameters):
    """Where botocore would send something else for the same parameters."""
    model = calls.model(service)
    protocol = calls.protocol_of(call)
    request = create_serializer(protocol).serialize_to_request(parameters, operation)
    found = []
    if request["method"] != call.method:
        found.append(f"botocore sends {request['method']}")
    if protocol == "query":
        mine = dict(urllib.parse.parse_qsl(call.body.decode(), keep_blank_values=True))
        # Times are written with milliseconds or with microseconds.
        theirs = {key: re.sub(r"(\.\d{3})000Z$", r"\1Z", str(value)) for key, value in request["body"].items()}
        found += [f"{key} is {mine.get(key)!r}, by botocore {theirs.get(key)!r}"
                  for key in sorted(mine.keys() | theirs.keys()) if mine.get(key) != theirs.get(key)]
        return found
    for name, value in request["headers"].items():
        own = calls.header(call, name)
        if name.lower() == "content-type" and own is None and not call.body:
            continue
        if own != str(value) and name.lower() != "content-length":
            found.append(f"the field {name} is {own!r}, by botocore {value!r}")
    path, _, fixed = request["url_path"].partition("?")
    if urllib.parse.unquote(path).rstrip("/") != urllib.parse.unquote(call.path).rstrip("/"):
        found.append(f"the path is {call.path}, by botocore {path}")
    theirs = sorted(urllib.parse.parse_qsl(fixed, keep_blank_values=True) + [
        (key, str(item).lower() if isinstance(item, bool) else str(item))
        for key, value in dict(request["query_string"]).items()
        for item in (value if isinstance(value, list) else [value])
    ])
    if sorted(calls.query_of(call)) != theirs:
        found.append(f"the query is {sorted(calls.query_of(call))}, by botocore {theirs}")
    body = request["body"] or b""
    body = body.encode() if isinstance(body, str) else body
    if protocol in ("json", "rest-json") and call.body and operation.name != "Invoke":
        if json.loads(call.body) != json.loads(body or b"{}"):
            found.append(f"the content is {call.body[:300]}, by botocore {body[:300]}")
    elif protocol == "rest-xml" and call.body and body.startswith(b"<"):
        if ElementTree.canonicalize(call.body, strip_text=True) != ElementTree.canonicalize(body, strip_text=True):
            found.append(f"the content is {call.body[:300]}, by botocore {body[:300]}")
    return found
