// Whether a host compresses what it sends. If it doesn't, the bundle has a smaller file beside it, named .gz.

/** @param {Response} response */
export const isUncompressed = ({ ok, headers }) => ok && !headers.get("Content-Encoding") && headers.has("Content-Length");
