"""Reads exported event logs with PyPI's pm4py, and says what it finds as JSON.

    read.py ocel FILE   an object-centric event log (OCEL 2.0, JSON): against the schema beside this file, read, written to pm4py's SQLite form and
                        validated there by pm4py's own constraints, and discovered from: a directly-follows graph and a Petri net
    read.py xes FILE    an XES log: read, and a Petri net discovered that must fit it
"""

import collections
import json
import os
import pathlib
import sys
import tempfile

os.environ.setdefault("MPLCONFIGDIR", tempfile.mkdtemp())

import jsonschema_rs
import pm4py
from pm4py.objects.ocel.validation import ocel20_rel_validation


def ocel(path: str) -> dict:
    schema = json.loads(pathlib.Path(__file__).with_name("ocel20.schema.json").read_text())
    validator = jsonschema_rs.validator_for(schema)
    errors = [str(error) for error in validator.iter_errors(json.loads(pathlib.Path(path).read_text()))]
    log = pm4py.read_ocel2_json(path)
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/log.sqlite"
        pm4py.write_ocel2_sqlite(log, database)
        satisfied, unsatisfied = ocel20_rel_validation.apply(database)
    # pm4py 2.7 writes its tables without primary and foreign keys, whatever is in them; that ids are unique and lead somewhere is for the caller to see.
    unsatisfied = [name for name in unsatisfied if "_primary_key_" not in name and "_foreign_key_" not in name]
    assert len(satisfied) == 13, f"other constraints were looked at: {satisfied}"
    graph = pm4py.discover_ocdfg(log)
    net = pm4py.discover_oc_petri_net(log)
    return {
        "schema": errors,
        "unsatisfied": unsatisfied,
        "events": dict(collections.Counter(log.events[log.event_activity])),
        "objects": dict(collections.Counter(log.objects[log.object_type_column])),
        "e2o": len(log.relations),
        "o2o": len(log.o2o),
        "follows": {
            kind: {activity: len(events) for activity, events in starts.items()}
            for kind, starts in graph["start_activities"]["events"].items()
        },
        "nets": sorted(net["petri_nets"]),
    }


def xes(path: str) -> dict:
    log = pm4py.read_xes(path)
    net = pm4py.discover_petri_net_inductive(log)
    fitness = pm4py.fitness_token_based_replay(log, *net)
    return {
        "cases": int(log["case:concept:name"].nunique()),
        "events": len(log),
        "start": {activity: int(count) for activity, count in pm4py.get_start_activities(log).items()},
        "roles": sorted(log["org:role"].dropna().unique()),
        "fits": fitness["log_fitness"] > 0.999,
    }


if __name__ == "__main__":
    form, path = sys.argv[1:]
    print(json.dumps({"ocel": ocel, "xes": xes}[form](path)))
