// Taking a file in, in the worker or in the page that has started it.

/**
 * A file's bytes, each counted when it is there.
 * @param {Promise<Response>} arriving
 * @param {number} bytes of the file, before compression
 * @param {{ add: (bytes: number) => void }} progress
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
