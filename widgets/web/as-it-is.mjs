// Whether a host compresses what it sends: else a smaller file stands beside it, and fetched() in download.mjs asks for that.

/** @param {Response} response */
export const isAsItIs = ({ ok, headers }) => ok && !headers.get("Content-Encoding") && headers.has("Content-Length");
