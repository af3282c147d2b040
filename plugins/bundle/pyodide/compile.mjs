// Compile the archives of a folder to bytecode, with the Python that will run it in the browser.
//
//   node compile.mjs PYODIDE STDLIB PACKAGES FOLDER
//
// PYODIDE is the folder of the runtime, STDLIB the zip of the standard library to start it with, PACKAGES where
// pyodide-build is installed, FOLDER what `pyodide py-compile` works on: every wheel and zip in it. It runs in Pyodide's own
// Python, because bytecode is good for one version of Python only, and the machine's is another.

import "./short-errors.mjs";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [indexURL, stdLibURL, packages, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${indexURL}pyodide.mjs`).href);

const pyodide = await loadPyodide({
  indexURL,
  stdLibURL,
  // No docstrings, no asserts, and no table of columns for error messages: a quarter less to load.
  args: ["-OO", "-X", "no_debug_ranges"],
  // With a fixed date, the result depends only on what went in.
  env: { HOME: "/home", PYTHONHASHSEED: "0", SOURCE_DATE_EPOCH: "315532800" },
});
pyodide.mountNodeFS("/packages", packages);
pyodide.mountNodeFS("/archives", folder);
pyodide.runPython(readFileSync(new URL("bare_code.py", import.meta.url), "utf8"));
pyodide.runPython(`
import marshal, sys, types, zipfile
from pathlib import Path

sys.path.append("/packages")
from pyodide_build.cli.py_compile import main

HEADER = 16  # bytes before the code in a .pyc file

main(["/archives", "--silent", "--compression-level", "0"], standalone_mode=False)
for path in Path("/archives").iterdir():
    with zipfile.ZipFile(path) as archive:
        members = [(one, archive.read(one)) for one in archive.infolist()]
    if not any(one.filename.endswith(".pyc") for one, _ in members):
        continue
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for one, content in members:
            if one.filename.endswith(".pyc"):
                # Without lines of the source: a tenth of what is loaded.
                content = content[:HEADER] + marshal.dumps(bare(marshal.loads(content[HEADER:])))
            archive.writestr(one, content)
`);
