/**
 * The program that judges in Python: a request a line on standard input, `{"folder", "world", "stamp", "answers"}`, and a list of verdicts
 * a line on standard output. It imports the verifier whose path is its first argument, and keeps the last verifiers open.
 * `stamp` changes with the content of a folder; an answer is a text or `{"base64"}`.
 */
export const workerScript = `
import base64, collections, importlib.util, json, sys
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("envmint_verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
kept = collections.OrderedDict()
for line in sys.stdin.buffer:
    request = json.loads(line.decode("utf-8"))
    key = (request["folder"], request["world"], request["stamp"])
    if key not in kept:
        if len(kept) >= 2:
            kept.popitem(last=False)[1].close()
        kept[key] = verify.load(request["folder"], request["world"])
    answers = [a if isinstance(a, str) else base64.b64decode(a["base64"]) for a in request["answers"]]
    print(json.dumps([kept[key].verify(answer) for answer in answers]), flush=True)
`;
