// Downloads of the worker: their bytes are counted, and a host that compresses nothing is asked for what is compressed.
import { isAsItIs } from "./as-it-is.mjs";
import { keepUnpacked } from "./offline.mjs";

const WORTH_COMPRESSING = 100_000; // bytes; below, another request costs more than it saves
const TELLING = 200; // ms between two tellings: each has the page drawn anew, while the processor is needed elsewhere
const GUESSED_AT_MOST = 0.95; // of a file that cannot be watched

/** Counts bytes as they are after decompression. */
export class Progress {
  loaded = 0;
  total = 1;
  #begun = performance.now();
  #told = 0;
  #tell;

  /** @param {(loaded: number, total: number) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {number} bytes */
  add(bytes) {
    this.loaded += bytes;
    const now = performance.now();
    if (now - this.#told < TELLING && this.loaded < this.total) return;
    this.#told = now;
    this.#tell(Math.min(this.loaded, this.total), this.total);
  }

  /**
   * Counts a file that is compiled while it arrives, and that nobody else can read meanwhile: as if it came as fast as
   * the others do.
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
    arrival.then(() => this.add(bytes - counted), stop).finally(stop);
  }
}

/**
 * A file's bytes, each counted when it is there.
 * @param {Promise<Response>} arriving
 * @param {number} bytes of the file, before compression
 * @param {Progress} progress
 */
export async function content(arriving, bytes, progress) {
  const reader = (await arriving).body?.getReader();
  const file = new Uint8Array(bytes);
  for (let place = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) return place === bytes ? file.buffer : Promise.reject(new Error(`${place} bytes came, not ${bytes}`));
    file.set(value, place);
    place += value.byteLength;
    progress.add(value.byteLength);
  }
  throw new Error("nothing came");
}

/**
 * A response; where the host sends the file as it is, that of the compressed file beside it, unpacked here.
 * @param {string} address
 * @param {number} bytes of the file, before compression
 * @param {RequestInit} options
 * @param {string} [asItIs] the file's type, where the host is known to send it as it is
 */
export async function fetched(address, bytes, options, asItIs) {
  const file = asItIs === undefined ? await answered(address, options) : undefined;
  if (file && (bytes < WORTH_COMPRESSING || !isAsItIs(file))) return file;
  const compressed = "DecompressionStream" in self ? await fetch(`${address}.gz`, options).catch(() => undefined) : undefined;
  if (!compressed?.ok || !compressed.body || compressed.headers.get("Content-Encoding")) return file ?? answered(address, options);
  file?.body?.cancel();
  const type = asItIs ?? file?.headers.get("Content-Type") ?? "";
  const unpacked = new Response(compressed.body.pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": type } });
  keepUnpacked(address, unpacked.clone()).catch(console.info); // of no concern to who reads
  return unpacked;
}

/** @param {string} address @param {RequestInit} options */
async function answered(address, options) {
  const response = await fetch(address, options);
  if (response.ok) return response;
  throw new Error(`${address.split("/").pop()}: ${response.status} ${response.statusText}`.trim());
}
