// Where the files of the bundle are. This module is in the folder that all addresses of the manifest start from.

/** Return the absolute address of a file that the manifest names. @param {string} path */
export const at = (path) => new URL(path, import.meta.url).href;
