// Run a program in Pyodide: node in_pyodide.mjs ASSETS < {program, given}. What it prints goes to standard output.

import { readFileSync } from "node:fs";

import { start } from "../pyodide/start.mjs";

const { program, given } = JSON.parse(readFileSync(0, "utf8"));
const pyodide = await start(process.argv[2]);
pyodide.setStdout({ batched: (line) => process.stdout.write(`${line}\n`) });
pyodide.globals.set("given", pyodide.toPy(given));
pyodide.runPython(program);
