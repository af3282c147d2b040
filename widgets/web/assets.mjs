// Where the files of the bundle are.

/** The whole address of what the manifest names. @param {string} path */
export const at = (path) => new URL(path, import.meta.url).href;
