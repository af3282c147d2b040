// What a page with a widget loads: it gives the custom elements their behaviour. A module runs once per document,
// so pages may name it as often as they like.
import { NameplateDecoder } from "./elements/decoder.mjs";
import { NameplatePicker } from "./elements/picker.mjs";

// For demos.mjs, which is a file of its own.
export { AnswerArea } from "./elements/answer-area.mjs";
export { AnswerController } from "./elements/answer-controller.mjs";
export { savesData } from "./runtime/connection.mjs";
export { runtime } from "./runtime/runtime.mjs";

if (!customElements.get("nameplate-decoder")) customElements.define("nameplate-decoder", NameplateDecoder);
if (!customElements.get("nameplate-picker")) customElements.define("nameplate-picker", NameplatePicker);
