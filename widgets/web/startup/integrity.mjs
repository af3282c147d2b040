// Whether a file is the one that the site was built with: a byte may be wrong though all have come, and bytecode with a
// wrong byte gives a wrong answer. Other threads work the digests out while Python starts, so they cost next to no time.

/** @type {Promise<void>[]} */ const checks = [];

/**
 * Begin to check a file.
 * @param {ArrayBuffer} content
 * @param {{ path: string, sha256: string }} file
 */
export function check(content, { path, sha256 }) {
  if (!globalThis.crypto?.subtle) return; // browsers have it only on https
  const checked = crypto.subtle.digest("SHA-256", content).then((digest) => {
    const found = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (found !== sha256) throw new Error(`${path} has another content than it should have`);
  });
  checked.catch(() => {}); // reported below
  checks.push(checked);
}

/** Wait until all files that have come are checked; reject if one is not as it should be. */
export async function allIntact() {
  await Promise.all(checks.splice(0));
}
