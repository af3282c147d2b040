// Copies of the runtime's files that the browser keeps, where one of them may be broken.

/**
 * Download files past the browser's cache, which then holds what came. A service worker replaces its copy, too.
 * @param {string[]} addresses
 */
export async function renew(addresses) {
  await Promise.allSettled(addresses.map(async (address) => (await fetch(address, { cache: "reload" })).arrayBuffer()));
}
