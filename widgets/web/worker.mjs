// Python in a worker: loads the runtime as fast as it comes in, then answers one call after the other.
//
// In:  {id, call, args}                          a function of nameplate.browser and its arguments, all strings
//      {compiled}                                the WebAssembly, where early-start.mjs compiles it
//      {downloaded}                              the file that it was asked to download
// Out: {type: "progress", stage, loaded, total}  bytes so far, counted after decompression
//      {type: "ready", way, stages}              calls are answered from now on; whether Python came from the "snapshot",
//                                                from "bytecode" or the "stock" way, and when each stage of the start
//                                                ended, in ms of the clock
//      {type: "download", download}              asks early-start.mjs to download this file
//      {type: "failed", message}                 a file could not be loaded; this worker is of no more use
//      {type: "waiting", waiting}                whether a file that only some calls need is on its way: sent when that
//                                                changes, and whenever a part of it has come
//      {type: "answer", id, value}               what the function returned, a string
//      {type: "refused", id, message}            the function raised an exception
import { Progress } from "./startup/download.mjs";
import { filesFromHost } from "./startup/files-from-host.mjs";
import { filesFromPage } from "./startup/files-from-page.mjs";
import { allIntact } from "./startup/integrity.mjs";
import { startPython } from "./startup/start-python.mjs";

/** @param {object} message */
const post = (message) => self.postMessage(message);

performance.mark("worker");
// The name says how Python is to be started: see Way in runtime/runtime.mjs, and early-start.mjs for "early".
const way = self.name.split(" ").pop();
const isPlain = way === "plain" || way === "reload";
const fromHost = filesFromHost(way === "reload" ? { cache: "reload" } : {}, isPlain);
const files = way === "early" ? filesFromPage(fromHost) : fromHost;
const report = (/** @type {import("./startup/start-python.mjs").Report} */ progress) => post({ type: "progress", ...progress });
const starting = startPython(files, { snapshot: !isPlain }, report);
starting.then(
  ({ way }) => post({ type: "ready", way, stages: stages() }),
  (error) => post({ type: "failed", message: String(error?.message ?? error) }),
);

self.addEventListener("message", async ({ data: { id, call, args } }) => {
  if (!call) return; // for files-from-page.mjs
  try {
    post({ type: "answer", id, value: await answer(call, args) });
  } catch (error) {
    post({ type: "refused", id, message: error instanceof Error ? error.message : String(error) });
  }
});

/** @type {Promise<void> | undefined} */
let completed;
/** What was learnt from the example requests, on its way. @type {Promise<string> | undefined} */
let lesson;
/** @type {Promise<void> | undefined} */
let learnt;
/** @typedef {"demos" | "vectors"} Archive a zip with modules that only demonstrations need */
/** Those on their way, and those that Python imports from. @type {Map<Archive, Promise<ArrayBuffer>>} */
const arriving = new Map();
/** @type {Map<Archive, Promise<void>>} */
const opened = new Map();

// The calls that read requests in people's words.
const LEARNT = new Set(["choice", "prepare"]);
// The archives that calls need.
/** @type {Record<string, Archive[]>} */
const ARCHIVES = { demonstrate: ["demos"], demonstrate_with_vectors: ["demos", "vectors"] };

let waits = 0;

/**
 * Load what only some calls need, and let the page know that it is on its way. Without it this worker is of no more use.
 * @template T
 * @param {(progress: Progress) => Promise<T>} load
 */
async function loadMore(load) {
  const postWaits = () => post({ type: "waiting", waiting: waits > 0 });
  waits++;
  postWaits();
  try {
    return await load(new Progress(postWaits));
  } catch (error) {
    post({ type: "failed", message: String(error) });
    throw error;
  } finally {
    waits--;
    postWaits();
  }
}

/** @param {"requests" | Archive} role */
function fetchMore(role) {
  return loadMore(async (progress) => {
    const content = await fromHost.read(role, progress);
    await allIntact();
    return content;
  });
}

const fetchLesson = async () => new TextDecoder().decode(await fetchMore("requests"));

/** Give Python what was learnt from the example requests. */
async function learn() {
  await answer("learn", [await (lesson ??= fetchLesson())]);
}

/** @param {Archive} name */
function fetchArchive(name) {
  const found = arriving.get(name) ?? fetchMore(name);
  arriving.set(name, found);
  return found;
}

/** Let Python import from an archive. @param {Archive} name */
async function open(name) {
  const path = `/${name}.zip`;
  const { write } = await starting;
  write(path, await fetchArchive(name));
  await answer("open_archive", [path]);
}

/** @param {Archive} name */
function opening(name) {
  const found = opened.get(name) ?? open(name);
  opened.set(name, found);
  return found;
}

/**
 * @param {string} call
 * @param {string[]} args
 */
async function answer(call, args) {
  const archives = ARCHIVES[call] ?? [];
  // These come in while Python starts; learn() and open() report a failure.
  if (LEARNT.has(call)) (lesson ??= fetchLesson()).catch(() => {});
  for (const archive of archives) fetchArchive(archive).catch(() => {});
  const { python, complete } = await starting;
  const ask = python[call];
  if (!ask) throw new Error(`nameplate.browser has no ${call}`);
  if (LEARNT.has(call)) await (learnt ??= learn());
  await Promise.all(archives.map(opening));
  try {
    return ask(...args);
  } catch (error) {
    // A snapshot holds what is often needed. Python gets the rest of its library when it first misses a module.
    const missing = /** @type {any} */ (error)?.type;
    if (missing !== "ModuleNotFoundError" && missing !== "FileNotFoundError" && missing !== "ZipImportError") throw error;
    await (completed ??= loadMore(complete));
    return ask(...args);
  }
}

function stages() {
  return performance.getEntriesByType("mark").map(({ name, startTime }) => [name, performance.timeOrigin + startTime]);
}
