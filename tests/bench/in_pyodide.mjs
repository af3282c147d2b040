// Run the rounds of decoding in Pyodide: node in_pyodide.mjs ASSETS < {program, names, rounds} > [milliseconds]

import { readFileSync } from "node:fs";

import { start } from "../pyodide/start.mjs";

const { program, names, rounds } = JSON.parse(readFileSync(0, "utf8"));
const pyodide = await start(process.argv[2]);
pyodide.runPython(program);
pyodide.globals.set("names", pyodide.toPy(names));
process.stdout.write(pyodide.runPython(`import json; json.dumps(rounds_of_decoding(names, ${rounds}))`));
