// Ask the theme's own search worker, with the index of a built site, outside a browser: node search.mjs SITE < queries.json
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const site = process.argv[2] ?? "site";
const folder = join(site, "assets", "javascripts", "workers");
const worker = (await readdir(folder)).find((name) => /^search\..*\.js$/.test(name)) ?? "";
const { config, docs } = JSON.parse(await readFile(join(site, "search", "search_index.json"), "utf-8"));

/** @type {(event: { data: unknown }) => void} */ let ask = () => {};
/** @type {(answer: any) => void} */ let answered = () => {};
Object.assign(globalThis, {
  self: globalThis,
  addEventListener: (/** @type {string} */ kind, /** @type {typeof ask} */ listener) => kind === "message" && (ask = listener),
  postMessage: (/** @type {unknown} */ answer) => answered(answer),
});
// The page writes what is typed in another way before it asks its worker.
class Worker {
  /** @param {unknown} data */
  postMessage(data) {
    ask({ data });
  }
}
class XMLHttpRequest {
  open() {}
}
Object.assign(globalThis, { Worker, XMLHttpRequest });
const page = await readFile(join(site, "index.html"), "utf-8");
for (const [, script = ""] of page.matchAll(/<script>([^]*?)<\/script>/g)) {
  if (script.includes("Worker.prototype")) runInThisContext(script);
}

runInThisContext(await readFile(join(folder, worker), "utf-8"));

/** @param {unknown} data @returns {Promise<any>} */
const send = (data) => new Promise((resolve) => ((answered = resolve), new Worker().postMessage(data)));

// The theme's page makes the separator a pattern and asks like this (integrations/search/worker).
await send({ type: 0, data: { config, docs, options: { suggest: true } } });
let text = "";
for await (const part of process.stdin) text += part;
const found = [];
for (const query of JSON.parse(text)) {
  const { data } = await send({ type: 2, data: query });
  found.push(data.items.slice(0, 5).map((/** @type {{ location: string }[]} */ group) => group.map(({ location }) => location)));
}
console.log(JSON.stringify(found));
