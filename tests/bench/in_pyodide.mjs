// Run a program in Pyodide: node in_pyodide.mjs ASSETS < {program, given}. What it prints goes to standard output.

import { json } from "node:stream/consumers";

import { start } from "../pyodide/start.mjs";

const { program, given } = await json(process.stdin);
const pyodide = await start(process.argv[2]);
pyodide.setStdout({ batched: (line) => process.stdout.write(`${line}\n`) });
pyodide.globals.set("given", pyodide.toPy(given));
pyodide.runPython(program);
