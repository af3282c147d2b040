// The runtime's WebAssembly, compiled while it arrives: by the page, where that has begun before the worker was there
// (early.mjs), else by the worker.
import { at } from "./assets.mjs";
import { fetched } from "./download.mjs";
import { fromPage } from "./from-page.mjs";
import manifest from "./manifest.mjs";

/**
 * @param {RequestInit} options
 * @param {string} [asItIs] see fetched()
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compiledHere(options, asItIs) {
  const response = await fetched(at(manifest.wasm), manifest.bytes.wasm, options, asItIs);
  // Not every host names the type that compiling while it arrives asks for.
  const streams = response.headers.get("Content-Type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** @param {RequestInit} options for the case that the page is not able to @returns {Promise<WebAssembly.Module>} */
export async function compiledInPage(options) {
  const compiled = await fromPage("compiled");
  return compiled instanceof WebAssembly.Module ? compiled : compiledHere(options, compiled.asItIs);
}
