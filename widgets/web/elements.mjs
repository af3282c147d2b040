// What a page with a widget loads: it gives the custom elements their behaviour. A module runs once per document,
// so pages may name it as often as they like.
import { NameplateDecoder } from "./elements/decoder.mjs";
import { NameplatePicker } from "./elements/picker.mjs";

if (!customElements.get("nameplate-decoder")) customElements.define("nameplate-decoder", NameplateDecoder);
if (!customElements.get("nameplate-picker")) customElements.define("nameplate-picker", NameplatePicker);
