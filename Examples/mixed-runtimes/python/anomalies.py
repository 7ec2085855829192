"""Finds measurements that differ a lot from the others."""
import json

import numpy
from dateutil import parser


def handler(event, context):
    found = []
    for record in event.get("Records", []):
        body = json.loads(record["body"])
        values = numpy.array(body["values"])
        distance = numpy.abs(values - values.mean())
        for index in numpy.flatnonzero(distance > 3 * values.std()):
            found.append({"at": parser.isoparse(body["at"]).isoformat(), "value": float(values[index])})
    return {"anomalies": found}
