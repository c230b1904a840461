"""Times verify.py as a module: one process, many tasks. Reads {rounds, tasks: [{folder, world, answers}]}, prints microseconds."""
import importlib.util
import json
import os
import sys
import time

order = json.load(sys.stdin)
path = os.path.join(order["tasks"][0]["folder"], "verify.py")
spec = importlib.util.spec_from_file_location("verify", path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)

times = []
for task in order["tasks"]:
    verifier = module.load(task["folder"], task["world"])
    for turn in range(order["rounds"]):
        for answer in task["answers"]:
            before = time.perf_counter_ns()
            verdict = verifier.verify(answer)
            after = time.perf_counter_ns()
            if verdict["verdict"] == "error":
                sys.exit("%s: %s" % (task["folder"], verdict))
            if turn > 0:
                times.append(round((after - before) / 1000, 1))
    verifier.close()
json.dump(times, sys.stdout)
