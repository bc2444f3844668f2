"""Five-step cases in SpiffWorkflow with SQLite, one synced commit a step: the peer of `cargo xtask bench cases`.

Usage: spiff_cases.py FOLDER SECONDS. Runs one process a processor and prints one JSON object.
"""

import json
import multiprocessing
import os
import sqlite3
import sys
import time

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow import TaskState

STEPS = ["submit", "ask", "supply", "correct", "decide"]


def bpmn():
    nodes, flows, last = [], [], "start"
    for step in STEPS:
        nodes.append(f'<bpmn:manualTask id="{step}" name="{step}"/>')
        flows.append(f'<bpmn:sequenceFlow id="to-{step}" sourceRef="{last}" targetRef="{step}"/>')
        last = step
    flows.append(f'<bpmn:sequenceFlow id="to-end" sourceRef="{last}" targetRef="end"/>')
    body = "".join(nodes + flows)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://example.org/bench">'
        f'<bpmn:process id="case" isExecutable="true"><bpmn:startEvent id="start"/>{body}<bpmn:endEvent id="end"/></bpmn:process>'
        "</bpmn:definitions>"
    ).encode()


def work(folder, number, seconds, results):
    parser = BpmnParser()
    parser.add_bpmn_str(bpmn())
    spec = parser.get_spec("case")
    serializer = BpmnWorkflowSerializer()
    database = sqlite3.connect(os.path.join(folder, f"spiff-{number}.sqlite"), isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS cases (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
    cases, begun = 0, time.monotonic()
    while time.monotonic() - begun < seconds:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        for step in STEPS:
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            assert task.task_spec.name == step, task.task_spec.name
            task.data[step] = {"by": "O-0001", "note": "in order"}
            task.run()
            workflow.do_engine_steps()
            state = serializer.serialize_json(workflow)
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT OR REPLACE INTO cases VALUES (?, ?)", (cases, state))
            database.execute("COMMIT")
        assert workflow.is_completed()
        cases += 1
    results.put((cases, time.monotonic() - begun))


def main():
    folder, seconds = sys.argv[1], float(sys.argv[2])
    os.makedirs(folder, exist_ok=True)
    results = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=work, args=(folder, number, seconds, results)) for number in range(os.cpu_count())
    ]
    for worker in workers:
        worker.start()
    done = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    rate = sum(cases / took for cases, took in done)
    print(json.dumps({"peer": "SpiffWorkflow", "processes": len(workers), "peer_cases_per_s": rate}))


main()
