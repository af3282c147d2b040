// The runtime's files, downloaded by the worker itself.
import { at } from "../assets.mjs";
import manifest from "../manifest.mjs";
import { fetchCompressed, fetchFile, readBytes } from "./download.mjs";

/** @typedef {keyof typeof manifest.files} Role of a file */
/** @typedef {import("./download.mjs").Progress} Progress */
/**
 * Where the runtime's files come from. `uncompressed` is the type of a file that the host is known to send uncompressed.
 * @typedef {object} Files
 * @property {(uncompressed?: string) => Promise<WebAssembly.Module>} compileWasm compiles the WebAssembly while it arrives
 * @property {(role: Role, progress: Progress, uncompressed?: string) => Promise<ArrayBuffer>} read
 * @property {(role: Role, progress: Progress) => Promise<ArrayBuffer>} readAsSent reads it however the host sends it
 */

/**
 * @param {RequestInit} options for every request
 * @returns {Files}
 */
export function filesFromHost(options) {
  return {
    async compileWasm(uncompressed) {
      const { path, bytes } = manifest.files.wasm;
      const response = await fetchCompressed(at(path), bytes, options, uncompressed);
      // Not every host sends the type that compiling while it arrives requires.
      const streams = response.headers.get("Content-Type")?.startsWith("application/wasm");
      return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
    },
    read(role, progress, uncompressed) {
      const { path, bytes } = fileOf(role);
      return readBytes(fetchCompressed(at(path), bytes, options, uncompressed), bytes, progress);
    },
    readAsSent(role, progress) {
      const { path, bytes } = fileOf(role);
      return readBytes(fetchFile(at(path), options), bytes, progress);
    },
  };
}

/** Return where a file is. @param {Role} role */
export function fileOf(role) {
  const file = manifest.files[role];
  if (!file) throw new Error(`The bundle has no ${role}.`);
  return file;
}
