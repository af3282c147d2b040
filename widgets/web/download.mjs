// Downloads of the worker: their bytes are counted, and a host that compresses nothing is asked for what is compressed.
import { isKept } from "./offline.mjs";

const SAMPLE = 2 ** 20; // bytes after decompression, from which the speed of the line can be told
const WORTH_COMPRESSING = 100_000; // bytes; below, another request costs more than it saves

/** Counts bytes as they are after decompression. */
export class Progress {
  loaded = 0;
  total = 1;
  /** Megabits a second, after decompression, as soon as enough of a download has arrived. @type {Promise<number>} */
  speed;
  /** @type {(speed: number) => void} */ #tellSpeed = () => {};
  #told = 0;
  #tell;

  /** @param {(loaded: number, total: number) => void} tell */
  constructor(tell) {
    this.#tell = tell;
    this.speed = new Promise((resolve) => (this.#tellSpeed = resolve));
  }

  /** @param {number} bytes */
  add(bytes) {
    this.loaded += bytes;
    const now = performance.now();
    if (now - this.#told < 80 && this.loaded < this.total) return;
    this.#told = now;
    this.#tell(Math.min(this.loaded, this.total), this.total);
  }

  /** Counts the bytes of a copy, so that whoever needs the original has it while it arrives. @param {Response} copy */
  async watch(copy) {
    if (!copy.body) return;
    let begun = 0;
    let bytes = 0; // after the first ones, with which the time begins
    for (let reader = copy.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      this.add(value.byteLength);
      if (begun) bytes += value.byteLength;
      begun ||= performance.now();
      if (bytes >= SAMPLE) this.#tellSpeed((8 * bytes) / 1000 / Math.max(1, performance.now() - begun));
    }
  }
}

/**
 * @param {string} address
 * @param {number} bytes of the file, before compression
 * @param {Progress} progress
 * @param {RequestInit} options
 */
export async function download(address, bytes, progress, options) {
  const response = await smaller(await fetched(address, options), address, bytes, options);
  progress.watch(response.clone()).catch(() => {}); // a broken download is reported by whoever reads the original
  return response;
}

/**
 * @param {string} address
 * @param {RequestInit} options
 */
async function fetched(address, options) {
  const response = await fetch(address, options);
  if (response.ok) return response;
  throw new Error(`${address.split("/").pop()}: ${response.status} ${response.statusText}`.trim());
}

/**
 * The response; or, where the host sent the file as it is, that of the compressed file beside it, unpacked here.
 * @param {Response} response
 * @param {string} address
 * @param {number} bytes
 * @param {RequestInit} options
 */
async function smaller(response, address, bytes, options) {
  const { headers } = response;
  const asItIs = !headers.get("Content-Encoding") && Number(headers.get("Content-Length")) === bytes;
  if (!asItIs || bytes < WORTH_COMPRESSING || !("DecompressionStream" in self) || (await isKept(address))) return response;
  const compressed = await fetch(`${address}.gz`, options).catch(() => undefined);
  if (!compressed?.ok || !compressed.body || compressed.headers.get("Content-Encoding")) return response;
  response.body?.cancel();
  const type = headers.get("Content-Type") ?? "";
  return new Response(compressed.body.pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": type } });
}
