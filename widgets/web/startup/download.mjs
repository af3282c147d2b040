// Downloads of the worker: their bytes are counted, and where a host doesn't compress a file, the compressed one beside
// it is loaded instead.
import { keepDecompressed } from "../runtime/keep-offline.mjs";
import { isUncompressed } from "./uncompressed.mjs";

const WORTH_COMPRESSING = 100_000; // bytes; below, another request costs more than it saves
const REPORT_EVERY = 200; // ms: each report has the page drawn again, while the processor is needed elsewhere
const GUESSED_AT_MOST = 0.95; // of a file that can't be watched

/** Counts bytes as they are after decompression. */
export class Progress {
  loaded = 0;
  total = 1;
  #begun = performance.now();
  #reported = 0;
  #report;

  /** @param {(loaded: number, total: number) => void} report */
  constructor(report) {
    this.#report = report;
  }

  /** @param {number} bytes */
  add(bytes) {
    this.loaded += bytes;
    const now = performance.now();
    if (now - this.#reported < REPORT_EVERY && this.loaded < this.total) return;
    this.#reported = now;
    this.#report(Math.min(this.loaded, this.total), this.total);
  }

  /**
   * Count a file that can't be watched while it arrives, as if it came as fast as the others do.
   * @param {number} bytes
   * @param {Promise<unknown>} arrival
   */
  guess(bytes, arrival) {
    let counted = 0;
    let speed = 0;
    const timer = setInterval(() => {
      const elapsed = performance.now() - this.#begun;
      speed = Math.max(speed, (this.loaded - counted) / elapsed);
      const more = Math.min(GUESSED_AT_MOST * bytes, speed * elapsed) - counted;
      if (more <= 0) return;
      counted += more;
      this.add(more);
    }, 250);
    const stop = () => clearInterval(timer);
    arrival.then(() => this.add(bytes - counted), () => this.add(-counted)).finally(stop);
  }
}

/**
 * Read a response's bytes, counting each when it is there.
 * @param {Promise<Response>} arriving
 * @param {number} bytes of the file, before compression
 * @param {Progress} progress
 */
export async function readBytes(arriving, bytes, progress) {
  const reader = (await arriving).body?.getReader();
  const file = new Uint8Array(bytes);
  let place = 0;
  try {
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      file.set(value, place);
      place += value.byteLength;
      progress.add(value.byteLength);
    }
    if (place === bytes) return file.buffer;
    throw new Error(`${place} bytes came, not ${bytes}`);
  } catch (error) {
    progress.add(-place); // they are loaded again
    throw error;
  }
}

/**
 * Fetch a file; if the host sends it uncompressed, fetch the compressed file beside it and decompress that here.
 * @param {string} address
 * @param {number} bytes of the file, before compression
 * @param {RequestInit} options
 * @param {string} [uncompressed] the file's type, if the host is known to send it uncompressed
 */
export async function fetchCompressed(address, bytes, options, uncompressed) {
  const file = uncompressed === undefined ? await fetchFile(address, options) : undefined;
  if (file && (bytes < WORTH_COMPRESSING || !isUncompressed(file))) return file;
  const compressed = "DecompressionStream" in self ? await fetch(`${address}.gz`, options).catch(() => undefined) : undefined;
  if (!compressed?.ok || !compressed.body || compressed.headers.get("Content-Encoding")) return file ?? fetchFile(address, options);
  file?.body?.cancel();
  const type = uncompressed ?? file?.headers.get("Content-Type") ?? "";
  const decompressed = new Response(compressed.body.pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": type } });
  keepDecompressed(address, decompressed.clone()).catch(console.info); // the reader need not know
  return decompressed;
}

/** Fetch a file; reject where it is missing. @param {string} address @param {RequestInit} options */
export async function fetchFile(address, options) {
  const response = await fetch(address, options);
  if (response.ok) return response;
  throw new Error(`${address.split("/").pop()}: ${response.status} ${response.statusText}`.trim());
}
