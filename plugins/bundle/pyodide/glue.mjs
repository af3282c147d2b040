// Print the runtime's script around the WebAssembly without what no page of ours calls.
//
//   node glue.mjs PYODIDE USER...
//
// PYODIDE is the folder of the runtime, each USER a script that uses the object Module which the script makes. Emscripten
// wrote it for every library that might ever be loaded into a running Python: it carries graphics, sound and sockets, it
// names each of the WebAssembly's 8,500 exports three times, and at every start it makes a number for each of them by
// which a library could find it. A page loads no library, so all that is of no use, while a browser has to fetch it, to
// read it and to run it before Python can start. The WebAssembly itself stays as it is.

import "./told-briefly.mjs";
import { readFileSync } from "node:fs";
import { parse } from "acorn";
import { full, fullAncestor } from "acorn-walk";
import { minify } from "terser";

const GRAPHICS = /^emscripten_gl/; // the WebAssembly asks for pointers to them, and Python never follows one

const [runtime, ...users] = process.argv.slice(2);
const file = `${runtime}pyodide.asm.mjs`;
const tree = parse(readFileSync(file, "utf8"), { ecmaVersion: "latest", sourceType: "module" });
const wasm = await WebAssembly.compile(readFileSync(`${runtime}pyodide.asm.wasm`));

/** @type {Record<string, string[]>} */ const imports = { env: [], wasi_snapshot_preview1: [], "GOT.func": [] };
for (const { module, name } of WebAssembly.Module.imports(wasm)) imports[module].push(name);
const pointers = imports["GOT.func"].filter((name) => !GRAPHICS.test(name));
const imported = new Set([...imports.env, ...imports.wasi_snapshot_preview1, ...pointers]);
const main = WebAssembly.Module.exports(wasm).flatMap(({ name }) => (/^(__main_argc_argv|main)$/.test(name) ? [name] : []));
const read = new Set(users.flatMap((user) => readFileSync(user, "utf8").match(/[\w$]+/g))); // of the members of Module
/** @type {Map<string, number>} */ const mentions = new Map();
fullAncestor(tree, (node, _, ancestors) => {
  const parent = ancestors.at(-2);
  if (node.type === "Identifier") mentions.set(node.name, (mentions.get(node.name) ?? 0) + 1);
  else if (member(node) && !(parent.type === "AssignmentExpression" && parent.left === node)) read.add(member(node));
});

// What is left out, and how often it was there.
const found = { imports: 0, members: 0, exports: 0, signatures: 0, demands: 0, updateGOT: 0, updateTableMap: 0, mergeLibSymbols: 0, eval: 0 };
const leaveOut = (/** @type {keyof typeof found} */ what) => (found[what]++, false);

full(tree, (node) => {
  if (Array.isArray(node.body)) node.body = node.body.filter((statement) => runs(statement.expression));
  else if (node.type === "VariableDeclarator" && node.id.name === "wasmImports") giveOnlyWhatIsImported(node.init);
  else if (node.type === "CallExpression" && node.callee.name === "mergeLibSymbols") tellOnlyOfTheBeginning(node);
  else if (node.type === "CallExpression" && node.callee.name === "eval") seeOnlyGlobals(node);
});
for (const [what, count] of Object.entries(found)) {
  if (!count) throw new Error(`${file}: glue.mjs finds no ${what} in it that it knows; has Emscripten changed what it writes?`);
}

const { code } = await minify(tree, {
  parse: { spidermonkey: true },
  module: true,
  compress: { passes: 2, keep_fargs: false },
  format: { ecma: 2020 },
});
// In brackets a function is taken for one that is called, so that a browser reads it once and not twice.
const bracketed = code.replace(/^async function (\w+)(.*\})export default \1;$/s, "export default(async function $1$2);");
if (bracketed === code) throw new Error(`${file}: is not the one function that glue.mjs expects.`);
console.log(bracketed);

/** The name of a member of Module, where an expression is one. */
function member(node) {
  if (node.type !== "MemberExpression" || node.object.name !== "Module") return "";
  return node.computed ? node.property.value : node.property.name;
}

/** Whether a statement has to stay; what it says of nothing that is used is taken out of it. */
function runs(expression) {
  if (expression?.type === "CallExpression") return !counts(expression) || leaveOut(expression.callee.name);
  if (expression?.type !== "AssignmentExpression") return true;
  const { left: target, right: value } = expression;
  if (target.type === "MemberExpression") {
    const { object, property } = target;
    if (property.name === "sig" && !pointers.includes(object.name?.slice(1))) return leaveOut("signatures");
    if (property.name === "required") return leaveOut("demands"); // a pointer to what is not there is null
    // Module["x"] = x
    if (member(target) && !read.has(member(target)) && value.type === "Identifier") return leaveOut("members");
  }
  // _x = Module["_x"] = wasmExports["x"]
  if (value.type !== "AssignmentExpression" || !member(value.left) || read.has(member(value.left))) return true;
  leaveOut("exports");
  expression.right = value.right;
  return value.right.type === "AssignmentExpression" || mentions.get(target.name) > 2; // where it is declared, and here
}

/** Whether a call makes a number for each function that the WebAssembly has, for libraries that may come. */
function counts({ callee: { name }, arguments: [first] }) {
  return (name === "updateGOT" && first.name === "origExports") || (name === "updateTableMap" && first.value === 0);
}

/** What the WebAssembly exports is told to libraries, and to the script itself, which asks for the function to begin with. */
function tellOnlyOfTheBeginning({ arguments: [exports, library] }) {
  if (library.value !== "main") return;
  leaveOut("mergeLibSymbols");
  const { body } = parse(`({${main.map((name) => `${name}: wasmExports.${name}`)}})`, { ecmaVersion: "latest" });
  Object.assign(exports, body[0].expression);
}

function giveOnlyWhatIsImported(object) {
  object.properties = object.properties.filter(({ key }) => imported.has(key.name ?? key.value) || leaveOut("imports"));
}

/** Names can become short only where no `eval` may speak of them; those that are there are for libraries, too. */
function seeOnlyGlobals(call) {
  leaveOut("eval");
  call.callee = { type: "SequenceExpression", expressions: [{ type: "Literal", value: 0, raw: "0" }, call.callee] };
}
