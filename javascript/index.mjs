// Read model names in Node: the Python package, run by Pyodide. Nothing is fetched: both lie on this machine.

import { readFile } from "node:fs/promises";
import { loadPyodide } from "pyodide";

// One function for all, with JSON on both sides, so that nothing of Python's has to be released here.
const ANSWERS = `
import json
from nameplate import NameplateError, compare, decode, look_up
from nameplate.memory.json_request import answer, answer_fit
from nameplate.picker.json_request import answer as answer_pick

FUNCTIONS = {
    "compare": lambda given: compare(*given["names"]).to_dict(),
    "decode": lambda given: decode(given["name"], catalogue=given["catalogue"]).to_dict(),
    "estimate": answer,
    "fit": answer_fit,
    "look_up": lambda given: look_up(given["word"]),
    "pick": answer_pick,
}

def answered(function, given):
    try:
        return json.dumps({"answer": FUNCTIONS[function](json.loads(given))})
    except NameplateError as error:
        return json.dumps({"error": {"code": error.code, "message": str(error)}})

answered
`;

/** An input that can't be answered: `code` is for programs and stays the same, the message is for people. */
export class NameplateError extends Error {
  constructor({ code, message }) {
    super(message);
    this.name = "NameplateError";
    this.code = code;
  }
}

let started;

async function start() {
  const [pyodide, wheel] = await Promise.all([loadPyodide(), readFile(new URL("nameplate.whl", import.meta.url))]);
  pyodide.unpackArchive(new Uint8Array(wheel), "wheel");
  return pyodide.runPython(ANSWERS);
}

/** Start Python ahead of the first question, which would otherwise wait for it. */
export async function load() {
  started ??= start();
  try {
    await started;
  } catch (error) {
    started = undefined;
    throw error;
  }
}

async function ask(name, given) {
  await load();
  const { answer, error } = JSON.parse((await started)(name, JSON.stringify(given)));
  if (error) throw new NameplateError(error);
  return answer;
}

function texts(values) {
  for (const value of values) {
    if (typeof value !== "string") throw new TypeError(`a name is a string, not ${value === null ? "null" : typeof value}`);
  }
}

export async function decode(name, { catalogue = true } = {}) {
  texts([name]);
  return ask("decode", { name, catalogue: Boolean(catalogue) });
}

export async function compare(first, second, ...more) {
  const names = [first, second, ...more];
  texts(names);
  return ask("compare", { names });
}

export async function pick(candidates, task, constraints = {}) {
  return ask("pick", { candidates, task, constraints });
}

export async function estimate(name, options = {}) {
  return ask("estimate", { ...options, name });
}

export async function fit(name, options = {}) {
  return ask("fit", { ...options, name });
}

export async function lookUp(word) {
  texts([word]);
  return ask("look_up", { word });
}
