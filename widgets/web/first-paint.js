// A widget before its module comes. This runs while the page is parsed, right below the form: what the address asks is in
// the form before anything is painted, and a module that doesn't come is not missed in silence. It is plain script, for
// browsers of any age; plugins/site/widgets.py writes it into the page.
(function () {
  const here = document.currentScript;
  const widget = here && here.parentNode;
  if (!widget || (window.customElements && customElements.get(widget.localName))) return;
  const form = widget.querySelector("form");
  const isPicker = widget.localName === "nameplate-picker";
  const tool = isPicker ? "picker" : "decoder";
  const note = document.createElement("p");
  const limit = Number(window.nameplateSilence) || 20000; // ms

  // What the address asks, in the form. The worked example is hidden then: it answers another question.
  const asked = new URLSearchParams(location.hash.slice(1));
  const names = asked.getAll(isPicker ? "names" : "q").filter(Boolean);
  const more = asked.get(isPicker ? "task" : "with");
  if (document.querySelector(widget.localName) === widget && (names.length || more)) {
    widget.dataset.asked = "";
    if (isPicker) fillPicker();
    else if (names.length < 2) form.querySelector("input").value = names[0] || "";
  }

  function fillPicker() {
    asked.forEach(function (value, name) {
      const field = form.elements.namedItem(name);
      if (field && "value" in field) field.value = name === "names" ? value.split(",").join("\n") : value;
    });
    widget.querySelector("details").open = false;
    widget.querySelector(".np-digest").textContent = [names.join(", "), more].filter(Boolean).join(" · ");
  }

  // What the reader does meanwhile counts more than the address.
  widget.addEventListener("input", function () {
    widget.dataset.edited = "";
  });
  form.addEventListener("submit", function () {
    if (!note.dataset.state) say("waiting", "Loading the " + tool + " …");
  });

  note.className = "np-first";
  note.setAttribute("role", "status");
  here.after(note);
  if ("asked" in widget.dataset) {
    const others = isPicker ? "" : names.slice(1).concat(more || []).join(", ");
    say("waiting", "Loading the " + tool + " …" + (others ? " You also asked about " + others + "." : ""));
  }

  /** Show a message in place of the answer. */
  function say(state, text) {
    note.dataset.state = state;
    note.textContent = text;
  }

  function fail(text) {
    if (note.dataset.state === "failed") return;
    say("failed", text + (navigator.onLine ? "" : " This device seems to be offline.") + " ");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "np-button np-retry";
    button.textContent = "Try again";
    button.addEventListener("click", tryAgain);
    note.append(button);
  }

  const damaged = "The " + tool + " could not be loaded: a part of it is missing or damaged, or this browser is too old for it.";
  function failUnlessDefined() {
    if (!customElements.get(widget.localName)) fail(damaged);
  }

  // A module that is missing, or imports one that is, has an event at its element; one that can't be read, at the window.
  function notice(event) {
    const script = event.target;
    if (script instanceof HTMLScriptElement ? script.type === "module" : /\/assets\/web-/.test(event.filename || "")) failUnlessDefined();
  }

  if (!window.customElements || !("noModule" in here)) return fail("The " + tool + " needs a newer browser than this one.");
  addEventListener("error", notice, true);
  document.addEventListener("load", notice, true); // a window hears nothing of what loads in its document
  const timer = setTimeout(function () {
    fail("The " + tool + " could not be loaded yet: nothing has arrived for " + Math.ceil(limit / 1000) + " seconds. It still comes if the connection gets better.");
  }, limit);
  customElements.whenDefined(widget.localName).then(function () {
    clearTimeout(timer);
    removeEventListener("error", notice, true);
    document.removeEventListener("load", notice, true);
    note.remove();
  });

  /** Load the page again, with what is in the form, and past the copies of the modules that the browser keeps. */
  function tryAgain() {
    say("waiting", "Loading the " + tool + " …");
    if ("edited" in widget.dataset) location.hash = isPicker ? questionOfPicker() : "q=" + encodeURIComponent(form.querySelector("input").value);
    const modules = document.querySelectorAll("script[type=module][src], link[rel=modulepreload]");
    const again = Array.from(modules, function (module) {
      return fetch(module.src || module.href, { cache: "reload" });
    });
    Promise.race([Promise.allSettled(again), new Promise(function (resolve) { setTimeout(resolve, limit); })]).then(function () {
      location.reload();
    });
  }

  function questionOfPicker() {
    const question = new URLSearchParams();
    Array.from(form.elements).forEach(function ({ name, value }) {
      if (name && value) question.set(name, name === "names" ? value.trim().split(/\s*\n\s*/).join(",") : value);
    });
    return question.toString();
  }
})();
