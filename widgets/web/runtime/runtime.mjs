// One Python for all widgets of a document: it lives in a worker and stays through instant navigation.
import { at } from "../assets.mjs";
import manifest from "../manifest.mjs";
import { keepThisPage } from "./keep-offline.mjs";
import { renew } from "./kept-copies.mjs";
import { longestSilence } from "./silence.mjs";

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */
/** @typedef {{ stage: "download" | "start", loaded: number, total: number }} Progress */
/** @typedef {{ message: { id: number, call: string, args: string[] }, resolve: (value: string) => void, reject: (reason: Error) => void }} Call */
/**
 * How a worker starts Python. `fast` is the usual way. `plain` uses nothing that only saves time, and counts every byte;
 * `reload` is the same past the browser's cache, which may hold a broken copy of a file.
 * @typedef {"fast" | "plain" | "reload"} Way
 */

// What a worker imports, and can't ask for past the browser's cache.
const PROGRAMS = [at("worker.mjs"), at(manifest.files.asm_mjs.path), at(manifest.files.pyodide_mjs.path)];
const KEEP_AFTER = 1000; // ms, in which the first answers are on their way
const DAMAGED = "A part of it is missing or damaged. Try again; if that doesn't help, load the page again in a few minutes.";
const TOO_OLD = "This browser is too old for it: a current Chrome, Edge, Firefox or Safari can run it.";
const NO_WEBASSEMBLY =
  "It needs WebAssembly, which this browser has switched off or doesn't have. Allow it for this page (strict privacy and lockdown modes switch it off), or use another browser.";

/** The runtime could not be loaded, or stopped. */
export class RuntimeFailure extends Error {}

/**
 * Mark a moment for measurements, once: the first of its kind counts.
 * @param {string} name
 * @param {object} [detail]
 * @param {number} [startTime] ms since the page was asked for; now if left out
 */
export function mark(name, detail, startTime = performance.now()) {
  if (performance.getEntriesByName(`nameplate:${name}`).length > 0) return;
  performance.mark(`nameplate:${name}`, { detail, startTime: Math.max(0, startTime) });
}

/**
 * Take the worker that early-start.mjs has started, if it has, and the messages that came from it so far.
 * @returns {{ worker: Worker, messages: any[] } | undefined}
 */
function takeEarlyWorker() {
  const page = /** @type {any} */ (globalThis);
  const early = page.nameplateEarly;
  if (!(early?.worker instanceof Worker)) return undefined; // an element with that id
  delete page.nameplateEarly;
  return early;
}

/**
 * Starts Python when it is asked to, and passes calls on to it. If that fails, or if nothing arrives for long, it starts
 * once more in a plainer way. Dispatches a `change` event whenever `state`, `progress`, `detour` or `problem` change.
 */
export class Runtime extends EventTarget {
  /** @type {State} */ state = "idle";
  /** @type {Progress} */ progress = { stage: "download", loaded: 0, total: 1 };
  /** Why Python is started once more, while it is. */
  detour = "";
  /** What went wrong, when `state` is `failed`, and what the reader can do. */
  problem = "";
  /** @type {Worker | undefined} */ #worker;
  /** @type {Way} */ #way = "fast";
  /** Calls without an answer yet, by their number. @type {Map<number, Call>} */ #open = new Map();
  #calls = 0;
  /** Whether the worker has said anything. */
  #heard = false;
  /** Whether a file that only some calls need is on its way. */
  #waiting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #silence;

  /** Begin to load, unless that was done before. */
  start() {
    if (this.state !== "idle") return;
    mark("start");
    this.#change("loading");
    const early = takeEarlyWorker();
    if (typeof WebAssembly === "object") return this.#begin(early);
    early?.worker.terminate();
    this.#fail(NO_WEBASSEMBLY);
  }

  /** Begin again after a failure. */
  retry() {
    if (this.state !== "failed" || typeof WebAssembly !== "object") return;
    this.#change("loading");
    void this.#beginAgain("reload", "");
  }

  /**
   * Call a function of nameplate.browser; load the runtime if need be.
   * @param {string} call
   * @param {string[]} args
   * @returns {Promise<string>} rejected with RuntimeFailure if there is no runtime, with Error if Python raised one
   */
  call(call, ...args) {
    this.start();
    if (this.state === "failed") return Promise.reject(new RuntimeFailure(this.problem));
    const message = { id: ++this.#calls, call, args };
    const answer = new Promise((resolve, reject) => this.#open.set(message.id, { message, resolve, reject }));
    this.#worker?.postMessage(message);
    return answer;
  }

  /**
   * Listen to a worker, and pass on to it what has been asked.
   * @param {{ worker: Worker, messages: any[] }} [early] one that runs already, and what it has said
   */
  #begin(early) {
    let knowsModules = Boolean(early);
    const options = {
      name: `nameplate ${this.#way}`,
      get type() {
        knowsModules = true;
        return /** @type {const} */ ("module");
      },
    };
    try {
      const { worker, messages } = early ?? { worker: new Worker(at("worker.mjs"), options), messages: [] };
      this.#worker = worker;
      if (!knowsModules) return this.#fail(TOO_OLD);
      worker.onmessage = ({ data }) => this.#worker === worker && this.#receive(data);
      // An error before the first message: the worker's own file, or one that it imports, did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        if (this.#worker === worker) this.#lose(event.message);
      };
      for (const { message } of this.#open.values()) worker.postMessage(message);
      this.#listen();
      for (const { data, message } of messages) this.#receive(data ?? { type: "failed", message });
    } catch (error) {
      this.#lose(String(error));
    }
  }

  /**
   * Start another worker, past broken copies of its files if it is to reload them.
   * @param {Way} way
   * @param {string} detour why, for readers
   */
  async #beginAgain(way, detour) {
    this.#stop();
    this.#way = way;
    this.detour = detour;
    this.#change("loading");
    this.#listen();
    if (way === "reload") await Promise.race([renew(PROGRAMS), new Promise((resolve) => setTimeout(resolve, longestSilence() / 2))]);
    if (this.state === "loading" && !this.#worker) this.#begin();
  }

  /** Stop waiting if nothing is heard from the worker for long. */
  #listen() {
    clearTimeout(this.#silence);
    if (this.state !== "loading" && !this.#waiting) return;
    // A slow processor says nothing while it starts Python.
    const patience = this.state === "loading" && this.progress.stage === "start" ? 3 : 1;
    this.#silence = setTimeout(() => this.#giveUpWaiting(), patience * longestSilence());
  }

  #giveUpWaiting() {
    const silence = `Nothing has arrived for ${Math.ceil(longestSilence() / 1000)} seconds`;
    // A worker that never said a word may be a broken copy.
    const way = this.#heard ? "plain" : "reload";
    if (this.state === "loading" && this.#way === "fast") void this.#beginAgain(way, `${silence}. Trying a plainer way`);
    else this.#fail(`${silence}. Check your connection, then try again.`);
  }

  /** @param {any} message see worker.mjs */
  #receive(message) {
    this.#heard = true;
    if (message.type === "waiting") this.#waiting = message.waiting;
    if (message.type === "progress") this.progress = message;
    this.#listen();
    if (message.type === "progress") {
      if (message.stage === "start") mark("downloaded");
      this.#change(this.state);
    } else if (message.type === "ready") {
      for (const [name, moment] of message.stages) mark(`worker-${name}`, undefined, moment - performance.timeOrigin);
      mark("ready", { way: message.way });
      this.detour = "";
      this.#change("ready");
      this.#listen();
      setTimeout(() => keepThisPage(() => mark("kept")).catch(console.info), KEEP_AFTER); // the reader need not know
    } else if (message.type === "failed") {
      this.#lose(message.message);
    } else if (message.type === "answer" || message.type === "refused") {
      const call = this.#open.get(message.id);
      this.#open.delete(message.id);
      if (message.type === "answer") call?.resolve(message.value);
      else call?.reject(new Error(message.message));
    }
  }

  /** Take note that the worker is of no more use. @param {string} reason in the words of a program, for the console */
  #lose(reason) {
    console.info("The runtime failed:", reason);
    if (this.state === "loading" && this.#way === "fast") void this.#beginAgain("reload", "A part was missing or damaged. Trying a plainer way");
    else this.#fail(DAMAGED);
  }

  /** @param {string} problem for readers */
  #fail(problem) {
    if (this.state === "failed") return;
    this.#stop();
    this.problem = problem;
    this.detour = "";
    this.#change("failed");
    for (const { reject } of this.#open.values()) reject(new RuntimeFailure(problem));
    this.#open.clear();
  }

  #stop() {
    clearTimeout(this.#silence);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#waiting = this.#heard = false;
    this.progress = { stage: "download", loaded: 0, total: 1 };
  }

  /** @param {State} state */
  #change(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}

export const runtime = new Runtime();
