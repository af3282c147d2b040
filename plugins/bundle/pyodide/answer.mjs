// Print the answer of a Python that is started from the parts of a bundle.
//
//   node answer.mjs PARTS ARGUMENTS
//
// PARTS is a JSON object as in start.mjs, ARGUMENTS a JSON list of what nameplate.browser.answer is called with.

import "./short-errors.mjs";
import { start } from "./start.mjs";

const [parts, known] = process.argv.slice(2).map((argument) => JSON.parse(argument));
const pyodide = await start(parts);
console.log(pyodide.pyimport("nameplate.browser").answer(...known));
