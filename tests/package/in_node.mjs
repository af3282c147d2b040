// Read names with the JavaScript package that lies in node_modules beside this file, with the network cut off:
// node in_node.mjs < asked.json > answers.json

import { json } from "node:stream/consumers";

const asked = await json(process.stdin);
const refuse = (address) => {
  throw new Error(`the package asks for ${address}`);
};
globalThis.fetch = refuse;
const { default: net } = await import("node:net");
net.Socket.prototype.connect = refuse;

const nameplate = await import("nameplate");
const answered = async (call, given) => {
  try {
    return { answer: await nameplate[call](...given) };
  } catch (error) {
    return { error: error.code ?? error.name, message: error.message };
  }
};
const answers = [];
for (const [call, ...given] of asked) answers.push(await answered(call, given));
process.stdout.write(JSON.stringify(answers));
