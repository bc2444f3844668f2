"""Tells schemathesis the names of what is there, so that it also comes past the first "there is no such thing".

usage: names.py BASE_URL TOKEN, prints the end of a configuration file. Half of what schemathesis sends stays its own invention.
"""

import json
import sys
import urllib.request

base, token = sys.argv[1:3]


def get(path):
    request = urllib.request.Request(base + path, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def documents(value):
    """Digests of the documents anywhere in a value."""
    if isinstance(value, dict):
        own = [value["sha256"]] if "sha256" in value else []
        return own + [digest for part in value.values() for digest in documents(part)]
    if isinstance(value, list):
        return [digest for part in value for digest in documents(part)]
    return []


services = [item["service"] for item in get("/api/v1/services")["items"]]
facts = [fact["name"] for service in services for fact in get(f"/api/v1/services/{service}")["facts"]]
summaries = get("/api/v1/cases")["items"]
cases = [item["case"] for item in summaries]
views = [get(f"/api/v1/cases/{case}") for case in cases]
authorities = sorted({item["authority"] for item in get("/api/v1/services")["items"]})
names = {
    "services": services,
    "facts": sorted(set(facts)),
    "cases": cases,
    "authorities": authorities,
    "lists": ["1"],
    "entries": [0, 1, 2],
    "seen": sorted({item["seq"] for item in summaries}),
    "documents": sorted({digest for view in views for digest in documents(view)}),
}
bindings = {
    "path.service": "services",
    "path.fact": "facts",
    "path.case": "cases",
    "path.sha256": "documents",
    "path.authority": "authorities",
    "path.list": "lists",
    "path.index": "entries",
    "query.from": "entries",
    "body.service": "services",
    "body.case": "cases",
    "body.appeals": "cases",
    "body.seen": "seen",
}
for name, values in names.items():
    if values:
        print(f"[dictionaries.{name}]\nvalues = {json.dumps(values)}\n")
print("[parameters]")
for place, name in bindings.items():
    if names[name]:
        print(f'"{place}" = {{ dictionary = "{name}", probability = 0.5 }}')
