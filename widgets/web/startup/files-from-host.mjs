// The runtime's files, downloaded by the worker itself.
import { at } from "../assets.mjs";
import manifest from "../manifest.mjs";
import { fetchCompressed, fetchFile, readBytes } from "./download.mjs";
import { check } from "./integrity.mjs";

/** @typedef {keyof typeof manifest.files | "requests" | "demos" | "vectors"} Role of a file */
/** @typedef {import("./download.mjs").Progress} Progress */
/**
 * Where the runtime's files come from. `uncompressed` is the type of a file that the host is known to send uncompressed.
 * @typedef {object} Files
 * @property {(progress: Progress, uncompressed?: string) => Promise<WebAssembly.Module>} compileWasm compiles the WebAssembly,
 *   while it arrives if that can be
 * @property {(role: Role, progress: Progress, uncompressed?: string) => Promise<ArrayBuffer>} read
 * @property {(role: Role, progress: Progress) => Promise<ArrayBuffer>} readAsSent reads it however the host sends it
 */

/**
 * @param {RequestInit} options for every request
 * @param {boolean} plain whether to load every file as it is, and to count each byte of it
 * @returns {Files}
 */
export function filesFromHost(options, plain) {
  const files = {
    /** @param {Progress} progress @param {string} [uncompressed] */
    async compileWasm(progress, uncompressed) {
      const { path, bytes } = manifest.files.wasm;
      if (plain) return WebAssembly.compile(await files.readAsSent("wasm", progress));
      const compiled = compile(fetchCompressed(at(path), bytes, options, uncompressed)).catch(() => compile(fetchAgain(path)));
      progress.guess(bytes, compiled);
      return compiled;
    },
    /** @param {Role} role @param {Progress} progress @param {string} [uncompressed] */
    async read(role, progress, uncompressed) {
      if (plain) return files.readAsSent(role, progress);
      const { path, bytes } = fileOf(role);
      const arriving = readBytes(fetchCompressed(at(path), bytes, options, uncompressed), bytes, progress);
      return checked(role, await arriving.catch(() => readBytes(fetchAgain(path), bytes, progress)));
    },
    /** @param {Role} role @param {Progress} progress */
    async readAsSent(role, progress) {
      const { path, bytes } = fileOf(role);
      return checked(role, await readBytes(fetchFile(at(path), options), bytes, progress));
    },
  };
  return files;
}

/** Fetch a file as it is, after a compressed or a kept copy of it was broken. @param {string} path */
const fetchAgain = (path) => fetchFile(at(path), { cache: "reload" });

/** @param {Promise<Response>} arriving */
async function compile(arriving) {
  const response = await arriving;
  // Not every host sends the type that compiling while it arrives requires.
  const streams = response.headers.get("Content-Type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Have a file checked, and return it. @param {Role} role @param {ArrayBuffer} content */
export function checked(role, content) {
  check(content, fileOf(role));
  return content;
}

/** Return where a file is. @param {Role} role */
export function fileOf(role) {
  const file = role === "requests" || role === "demos" || role === "vectors" ? manifest[role] : manifest.files[role];
  if (!file) throw new Error(`The bundle has no ${role}.`);
  return file;
}
