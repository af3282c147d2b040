// Print the runtime's script around the WebAssembly without what no page of ours calls.
//
//   node runtime-script.mjs PYODIDE USER...
//
// PYODIDE is the folder of the runtime, each USER a script that uses the object Module which the script makes. Emscripten
// wrote it for every library that might ever be loaded into a running Python: it has graphics, sound and sockets, it names
// each of the WebAssembly's 8,500 exports three times, and at every start it numbers each of them so that a library could
// find it. A page loads no library, so none of this is of use, but a browser has to fetch, parse and run it before Python
// can start. The WebAssembly itself is not changed.

import "./short-errors.mjs";
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
  else if (node.type === "VariableDeclarator" && node.id.name === "wasmImports") keepOnlyImported(node.init);
  else if (node.type === "CallExpression" && node.callee.name === "mergeLibSymbols") passOnlyMain(node);
  else if (node.type === "CallExpression" && node.callee.name === "eval") makeIndirect(node);
});
for (const [what, count] of Object.entries(found)) {
  if (!count) throw new Error(`${file}: runtime-script.mjs finds no ${what} in it that it knows. Has Emscripten changed what it writes?`);
}

const { code } = await minify(tree, {
  parse: { spidermonkey: true },
  module: true,
  compress: { passes: 2, keep_fargs: false },
  format: { ecma: 2020 },
});
// A browser takes a function in brackets for one that is called at once, and parses it once instead of twice.
const bracketed = code.replace(/^async function (\w+)(.*\})export default \1;$/s, "export default(async function $1$2);");
if (bracketed === code) throw new Error(`${file}: is not the one function that runtime-script.mjs expects.`);
console.log(bracketed);

/** Return the name of a member of Module, if an expression is one. */
function member(node) {
  if (node.type !== "MemberExpression" || node.object.name !== "Module") return "";
  return node.computed ? node.property.value : node.property.name;
}

/** Whether a statement has to stay. Parts of it that nothing uses are taken out. */
function runs(expression) {
  if (expression?.type === "CallExpression") return !numbersFunctions(expression) || leaveOut(expression.callee.name);
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

/** Whether a call numbers each function of the WebAssembly, for libraries that may be loaded. */
function numbersFunctions({ callee: { name }, arguments: [first] }) {
  return (name === "updateGOT" && first.name === "origExports") || (name === "updateTableMap" && first.value === 0);
}

/** Pass only the main function on: the other exports are for libraries. */
function passOnlyMain({ arguments: [exports, library] }) {
  if (library.value !== "main") return;
  leaveOut("mergeLibSymbols");
  const { body } = parse(`({${main.map((name) => `${name}: wasmExports.${name}`)}})`, { ecmaVersion: "latest" });
  Object.assign(exports, body[0].expression);
}

function keepOnlyImported(object) {
  object.properties = object.properties.filter(({ key }) => imported.has(key.name ?? key.value) || leaveOut("imports"));
}

/** Make an `eval` see global names only, so that others can be shortened. The calls are for libraries, too. */
function makeIndirect(call) {
  leaveOut("eval");
  call.callee = { type: "SequenceExpression", expressions: [{ type: "Literal", value: 0, raw: "0" }, call.callee] };
}
