// Print, as a JSON list, the modules of the standard library's zip that the package needs in the browser.
//
//   node needed-modules.mjs PYODIDE STDLIB PACKAGE MODULES
//
// STDLIB is the whole standard library, PACKAGE a zip with the package, MODULES a JSON list of all modules that the package
// mentions. They are imported, some names are decoded, and errors of the usual kinds are raised and written down. Whatever
// Python has loaded by then is needed.

import "./short-errors.mjs";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [indexURL, stdLibURL, archive, modules] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${indexURL}pyodide.mjs`).href);

const pyodide = await loadPyodide({ indexURL, stdLibURL, env: { HOME: "/home" }, stderr: () => {} });
pyodide.FS.writeFile("/package.zip", readFileSync(archive));
pyodide.globals.set("mentioned", modules);
pyodide.runPython(`
import importlib, json, sys, traceback, warnings

sys.path.append("/package.zip")
for name in json.loads(mentioned):
    importlib.import_module(name)

from nameplate.browser import answer

for text in ("SorskootLLM-70b-instruct", "hf.co/a/Llama-3.2-1B-Instruct-GGUF:Q8_0", "gpt-4o-2024-08-06", "名前", "", "a" * 5000):
    answer(text, "../glossary/", "../families/")

def fail():
    try:
        {}["x"]
    except KeyError as error:
        raise ValueError("ä") from error

for source in ("fail()", "import nowhere", "x = ", "undefined_name", "None.x"):
    try:
        eval(compile(source, "<check>", "exec"))
    except Exception:
        traceback.format_exc()
        traceback.print_exc()
warnings.warn("check")
`);
for (const source of ["fail()", "x = ", "raise SystemError('check')"]) {
  try {
    pyodide.runPython(source);
  } catch {
    // How an error gets to JavaScript is what is tried here.
  }
}
pyodide.toPy({ a: [1, null, "x"] }).toJs({ dict_converter: Object.fromEntries });

pyodide.runPython(`
zip = next(path for path in sys.path if path.endswith(".zip") and path != "/package.zip")
needed = sorted(
    module.__spec__.origin.removeprefix(zip + "/")
    for module in list(sys.modules.values())
    if (getattr(module, "__spec__", None) and module.__spec__.origin or "").startswith(zip + "/")
)
`);
console.log(pyodide.runPython("json.dumps(needed)"));
