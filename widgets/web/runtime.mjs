// One Python for all widgets of a document: it lives in a worker and stays through instant navigation.
import { keepThisPage } from "./offline.mjs";

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */
/** @typedef {{ stage: "download" | "start", loaded: number, total: number }} Progress */
/** @typedef {{ resolve: (value: string) => void, reject: (reason: Error) => void }} Waiting */

const KEEPING_WAITS = 1000; // ms, in which the first answers are on their way

/** The runtime could not be loaded, or stopped. */
export class RuntimeFailure extends Error {}

/**
 * Marks a moment for measurements, once: the first of its kind counts.
 * @param {string} name
 * @param {object} [detail]
 * @param {number} [startTime] ms since the page was asked for; else now
 */
export function mark(name, detail, startTime = performance.now()) {
  if (performance.getEntriesByName(`nameplate:${name}`).length > 0) return;
  performance.mark(`nameplate:${name}`, { detail, startTime: Math.max(0, startTime) });
}

/**
 * The worker that the page has started while it was read, for an address that asks for an answer, and what it has said.
 * @returns {{ worker: Worker, heard: any[] } | undefined}
 */
function takeEarly() {
  const page = /** @type {any} */ (globalThis);
  const early = page.nameplateEarly;
  delete page.nameplateEarly;
  return early;
}

/**
 * Starts Python when it is asked to, and passes calls on to it. Dispatches a `change` event whenever `state`,
 * `progress` or `problem` change.
 */
export class Runtime extends EventTarget {
  /** @type {State} */ state = "idle";
  /** @type {Progress} */ progress = { stage: "download", loaded: 0, total: 1 };
  /** What went wrong, when `state` is `failed`. */
  problem = "";
  /** @type {Worker | undefined} */ #worker;
  /** @type {Map<number, Waiting>} */ #waiting = new Map();
  #calls = 0;
  #starts = 0;

  /** Begins to load, unless that was done before. */
  start() {
    if (this.state !== "idle") return;
    mark("start");
    const name = this.#starts++ ? "nameplate again" : "nameplate";
    this.#change("loading");
    try {
      const { worker, heard } = takeEarly() ?? {
        worker: new Worker(new URL("./worker.mjs", import.meta.url), { type: "module", name }),
        heard: [],
      };
      this.#worker = worker;
      worker.onmessage = ({ data }) => this.#hear(data);
      // An error before the first message: the worker's own file, or one that it imports, did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        this.#fail(event.message || "its program did not arrive");
      };
      for (const { data, message } of heard) this.#hear(data ?? { type: "failed", message: message || "it did not start" });
    } catch (error) {
      this.#fail(String(error));
    }
  }

  /** Begins anew after a failure. */
  retry() {
    if (this.state !== "failed") return;
    this.state = "idle";
    this.start();
  }

  /**
   * Calls a function of nameplate.browser; loads the runtime if need be.
   * @param {string} call
   * @param {string[]} args
   * @returns {Promise<string>} rejected with RuntimeFailure where there is no runtime, with Error where Python raised one
   */
  call(call, ...args) {
    this.start();
    if (!this.#worker) return Promise.reject(new RuntimeFailure(this.problem));
    const id = ++this.#calls;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, call, args });
    return answer;
  }

  /** @param {any} message */
  #hear(message) {
    if (message.type === "progress") {
      if (message.stage === "start") mark("downloaded");
      this.progress = message;
      this.#change(this.state);
    } else if (message.type === "ready") {
      for (const [name, moment] of message.stages) mark(`worker-${name}`, undefined, moment - performance.timeOrigin);
      mark("ready", { restored: message.restored });
      this.#change("ready");
      setTimeout(() => keepThisPage(() => mark("kept")).catch(console.info), KEEPING_WAITS); // of no concern to who reads
    } else if (message.type === "failed") {
      this.#fail(message.message);
    } else if (message.type !== "take") {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.type === "answer") waiting?.resolve(message.value);
      else waiting?.reject(new Error(message.message));
    }
  }

  /** @param {string} problem */
  #fail(problem) {
    if (this.state === "failed") return;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.problem = problem;
    this.progress = { stage: "download", loaded: 0, total: 1 };
    this.#change("failed");
    for (const { reject } of this.#waiting.values()) reject(new RuntimeFailure(problem));
    this.#waiting.clear();
  }

  /** @param {State} state */
  #change(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}

export const runtime = new Runtime();
