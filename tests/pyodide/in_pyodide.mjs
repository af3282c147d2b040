// Answer names as readers' browsers do: node in_pyodide.mjs ASSETS bytecode|snapshot < names.json > answers.json
//
// An answer is {"json", "page"} or {"error"}; `about` says what Python it was.

import { readFileSync } from "node:fs";

import { start } from "./start.mjs";

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
const names = JSON.parse(readFileSync(0, "utf8"));
const answers = names.map((name) => JSON.parse(decode(name)));
const about = JSON.parse(pyodide.runPython(`json.dumps([sys.platform, "%d.%d.%d" % sys.version_info[:3]])`));
process.stdout.write(JSON.stringify({ answers, about }));
