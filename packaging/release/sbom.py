"""The software bill of materials, as CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/)."""
import hashlib
import json
import urllib.parse
import uuid

from .facts import LICENSE, SUMMARY


def component(library):
    entry = {"type": "library", "bom-ref": f"{library.name}@{library.version}", "name": library.name,
             "version": library.version, "licenses": licenses(library.license)}
    if library.source:
        version = urllib.parse.quote(library.version, safe=":~")
        entry["purl"] = f"pkg:deb/debian/{library.source}@{version}?arch=source"
    return entry


def licenses(expression):
    return [{"expression": expression}] if " " in expression else [{"license": {"id": expression}}]


def make(facts, program):
    """The bill of a program as bytes of JSON.

    program: the bytes of the program.
    """
    digest = hashlib.sha256(program).hexdigest()
    reference = f"furoshiki@{facts.version}"
    components = [component(library) for library in facts.libraries]
    properties = [{"name": "furoshiki:platform", "value": facts.platform}]
    if facts.commit:
        properties.append({"name": "furoshiki:commit", "value": facts.commit})
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        # The same program has the same number.
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'furoshiki:{digest}')}",
        "version": 1,
        "metadata": {
            "timestamp": facts.date,
            "component": {
                "type": "application", "bom-ref": reference, "name": "furoshiki", "version": facts.version,
                "description": SUMMARY, "licenses": licenses(LICENSE),
                "hashes": [{"alg": "SHA-256", "content": digest}], "properties": properties,
            },
        },
        "components": components,
        "dependencies": [{"ref": reference, "dependsOn": [each["bom-ref"] for each in components]},
                         *({"ref": each["bom-ref"], "dependsOn": []} for each in components)],
    }
    return (json.dumps(bill, indent=2) + "\n").encode()
