"""Prints the verdicts of jsonschema that differ from ours: judge.py SCHEMA DOCUMENTS.

DOCUMENTS has one JSON object in each line: name, document, and whether it is valid for us.
"""

import json
import re
import sys

import jsonschema

with open(sys.argv[1]) as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
formats = jsonschema.FormatChecker(formats=())
formats.checks("uri")(lambda value: not isinstance(value, str) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value) is not None)
validator = jsonschema.Draft7Validator(schema, format_checker=formats)
count = 0
with open(sys.argv[2]) as file:
    for line in file:
        case = json.loads(line)
        count += 1
        error = next(validator.iter_errors(case["document"]), None)
        if (error is None) == case["valid"]:
            continue
        if error is None:
            print(f"{case['name']}: valid for jsonschema, but for us: {case['problem']}")
        else:
            path = ".".join(map(str, error.absolute_path))
            print(f"{case['name']}: valid for us, but for jsonschema '{path}': {error.message[:200]}")
print(f"{count} documents")
