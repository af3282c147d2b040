// Answer names and requests to pick as readers' browsers do:
// node in_pyodide.mjs ASSETS bytecode|snapshot < asked.json > answers.json
//
// Asked is {"names", "picks"}. The answer to a name is {"json", "page"} or {"error"}, that to a request the picker's own;
// `about` says what Python it was, `failure` what comes of an error that nobody has foreseen.

import { json } from "node:stream/consumers";

import { learnt, start } from "./start.mjs";

const pyodide = await start(process.argv[2], process.argv[3]);
const decode = pyodide.runPython(`
import json, sys
from nameplate import decode
from nameplate.browser import answer
from nameplate.errors import NameplateError

def in_pyodide(name):
    try:
        reading = decode(name)
    except NameplateError as error:
        return json.dumps({"error": error.code})
    page = answer(name, "../glossary/", "../families/")
    return json.dumps({"json": json.dumps(reading.to_dict()), "page": page})

in_pyodide
`);
const pick = pyodide.runPython(`
from nameplate import pick

def choice(request):
    asked = json.loads(request)
    found = pick(asked["candidates"], asked["task"], asked["constraints"], request_id=asked["id"])
    return json.dumps(found.to_dict())

choice
`);
pyodide.pyimport("nameplate.browser").learn(learnt(process.argv[2]));
const { names, picks } = await json(process.stdin);
const answers = names.map((name) => JSON.parse(decode(name)));
const choices = picks.map((request) => JSON.parse(pick(JSON.stringify(request))));
const about = JSON.parse(pyodide.runPython(`json.dumps([sys.platform, "%d.%d.%d" % sys.version_info[:3]])`));
let failure = "";
try {
  pyodide.pyimport("nameplate.browser").answer(7, "", "");
} catch (error) {
  failure = error.message;
}
process.stdout.write(JSON.stringify({ answers, choices, about, failure }));
