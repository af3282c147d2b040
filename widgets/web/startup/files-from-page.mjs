// The runtime's files, downloaded by the page that has started the worker early: see early-start.mjs. Where the page is
// not able to, the worker downloads them itself, and reports what is wrong.
import { at } from "../assets.mjs";
import manifest from "../manifest.mjs";
import { checked, fileOf } from "./files-from-host.mjs";

/** @typedef {import("./files-from-host.mjs").Files} Files */

/**
 * @param {Files} fromHost
 * @returns {Files}
 */
export function filesFromPage(fromHost) {
  const compiling = messageWith("compiled");
  const compiled = compiling.then((module) => module instanceof WebAssembly.Module);
  return {
    async compileWasm(progress) {
      progress.guess(manifest.files.wasm.bytes, compiled.then((came) => came || Promise.reject()));
      const module = await compiling;
      return module instanceof WebAssembly.Module ? module : fromHost.compileWasm(progress, module.uncompressed);
    },
    async read(role, progress) {
      const { path, bytes } = fileOf(role);
      const arriving = messageWith("downloaded");
      self.postMessage({ type: "download", download: at(path) });
      compiled.then(() => progress.guess(bytes, arriving.then((file) => file.byteLength ?? Promise.reject())), () => {});
      const file = await arriving;
      return file.byteLength === bytes ? checked(role, file) : fromHost.read(role, progress, file.uncompressed);
    },
    readAsSent: fromHost.readAsSent,
  };
}

/**
 * Wait for a message of the page, and return what it has under a key. Where the page could not do what was asked, that is
 * an object that may have `uncompressed`: the type of a file that the host sends uncompressed.
 * @param {"compiled" | "downloaded"} key
 * @returns {Promise<any>}
 */
const messageWith = (key) =>
  new Promise((resolve) => self.addEventListener("message", ({ data }) => key in data && resolve(data[key])));
