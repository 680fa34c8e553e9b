// The view that writes: the form, its link, and the samples side by side.

import { announce, byId } from "./dom.js";
import { count, decimal, visible } from "./format.js";
import { message, say } from "./language.js";
import { fillFromAddress } from "./link.js";
import { Sample } from "./sample.js";

const MOST_SEED = 1_000_000;

const form = byId("write");
const problem = byId("write-problem");
let samples = [];
let made = 0;
let firstSeed = 0;

export function prepareWriting() {
  form.addEventListener("submit", event => {
    event.preventDefault();
    start();
  });
  byId("prompt").addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  byId("stop").addEventListener("click", () => samples.forEach(it => it.stop()));
  form.addEventListener("input", showSettings);
  document.addEventListener("language", showSettings);
  byId("settings").open = matchMedia("(min-width: 50rem)").matches;
  addEventListener("hashchange", followLink);
  showSettings();
}

/** Does what the address says: fills the form, and writes if it is complete. */
export function followLink() {
  const invalid = fillFromAddress(form);
  if (!invalid) return;
  showSettings();
  if (invalid.includes("model")) {
    complain("linkModel", new URLSearchParams(location.hash.slice(1)).get("model"));
  } else if (invalid.length) {
    complain("linkInvalid", invalid.join(", "));
  } else {
    start();
  }
}

/** Whether there is a model that continues texts. */
export function writable() {
  return !byId("start").disabled;
}

/** Continues a text whose last characters are scored, in a new sample. */
export function continueFrom(text, scored, title, after) {
  if (made === 0) firstSeed = seed();
  const sample = new Sample({
    number: ++made,
    title: title(made),
    fields: { ...(after?.fields ?? fields()), prompt: text, seed: String(firstSeed + made - 1), samples: "1" },
    scored,
    branch,
    changed: () => (byId("stop").disabled = !samples.some(it => it.running)),
  });
  samples.push(sample);
  if (after) after.element.after(sample.element);
  else byId("samples").append(sample.element);
  sample.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  sample.write();
}

function branch(from, text, scored) {
  const chosen = scored.at(-1).symbol;
  continueFrom(text, scored, number => ["branch", number, from.number, () => visible(chosen)], from);
}

function start() {
  problem.hidden = true;
  if (!writable()) return;
  if (!form.elements.seed.validity.valid) {
    complain("seedInvalid");
    return;
  }
  samples.forEach(it => it.remove());
  samples = [];
  made = 0;
  const chosen = fields();
  for (let i = 0; i < Number(chosen.samples); i++) continueFrom(chosen.prompt, [], number => ["sample", number]);
  announce(message("announceStart", chosen.samples));
}

function complain(key, ...values) {
  say(problem, key, ...values);
  problem.hidden = false;
}

// The seed of the form, or one at random that fits on a card.
function seed() {
  const chosen = form.elements.seed.value;
  return chosen === "" ? crypto.getRandomValues(new Uint32Array(1))[0] % MOST_SEED : Number(chosen);
}

function fields() {
  return Object.fromEntries(new FormData(form));
}

// ---- settings

const SHOWN = {
  temperature: value => decimal(value, 2),
  top_p: value => (value === 1 ? message("off") : decimal(value, 2)),
  top_k: value => (value === 0 ? message("off") : count(value)),
  repetition_penalty: value => (value === 1 ? message("off") : decimal(value, 2)),
  max_tokens: count,
  samples: count,
};

// Temperature 0 always takes the most probable character, so that top-p and top-k have no effect.
function showSettings() {
  const { temperature, top_p: topP, top_k: topK, max_tokens: length, samples } = form.elements;
  topP.disabled = topK.disabled = Number(temperature.value) === 0;
  for (const [name, shown] of Object.entries(SHOWN)) {
    const input = form.elements[name];
    const value = shown(Number(input.value));
    input.closest("label").querySelector(".value").textContent = value;
    input.setAttribute("aria-valuetext", value);
  }
  say(byId("settings-summary"), "settingsSummary", temperature.value, length.value, samples.value);
}
