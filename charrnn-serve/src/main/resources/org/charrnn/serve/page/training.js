// The view of a training that is under way: its figures, its losses and its samples.
//
// GET training answers {state: "running" or "ended", step, epoch, epochs, characters_per_second,
// losses: [{step, nats}], validations: [{step, nats}], samples: [{step, epoch, text}]}; a loss that is not finite is
// no number. The events of GET training/events are "step" {step, epoch, nats, characters_per_second}, "validation"
// {step, nats} and "sample" {step, epoch, text}; the stream ends with the training.

import { chart } from "./chart.js";
import { byId, element, tile } from "./dom.js";
import { count, decimal } from "./format.js";
import { say } from "./language.js";
import { events, pause, request, ServerError } from "./server.js";

/** More points than this are thinned: a chart does not show them. */
const MOST_POINTS = 2000;
const MOST_SAMPLES = 12;
const REDRAW = 500;
const RECONNECT = 3000;

const view = byId("view-training");
let training;
let redraw = 0;

/** Whether the server shows a training. If so it is followed from now on. */
export async function findTraining() {
  try {
    training = await load();
  } catch (e) {
    if (e instanceof ServerError) return false;
    throw e;
  }
  follow();
  return true;
}

async function load() {
  const loaded = await (await request("training")).json();
  const finite = points => points.filter(it => Number.isFinite(it.nats));
  return { ...loaded, losses: finite(loaded.losses), validations: finite(loaded.validations) };
}

async function follow() {
  for (;;) {
    say(byId("training-state"), training.state === "running" ? "trainingRunning" : "trainingEnded");
    draw();
    if (training.state !== "running") return;
    try {
      for await (const event of events(await request("training/events"))) apply(event);
    } catch {
      // Reported below, as an end of the stream is.
    }
    say(byId("training-state"), "trainingLost");
    training = await loadAgain();
  }
}

async function loadAgain() {
  for (;;) {
    await pause(RECONNECT);
    try {
      return await load();
    } catch (e) {
      if (!(e instanceof ServerError)) throw e;
    }
  }
}

function apply({ name, data }) {
  const event = JSON.parse(data);
  if (name === "step") {
    const { step, nats, ...figures } = event;
    Object.assign(training, { step, ...figures });
    if (Number.isFinite(nats)) training.losses = thinned([...training.losses, { step, nats }]);
  } else if (name === "validation") {
    if (Number.isFinite(event.nats)) training.validations.push(event);
  } else if (name === "sample") {
    training.samples.push(event);
  }
  redraw ||= setTimeout(draw, REDRAW);
}

// Every second point, but the last one stays.
function thinned(points) {
  return points.length <= MOST_POINTS ? points : points.filter((_, i) => (points.length - 1 - i) % 2 === 0);
}

function draw() {
  redraw = 0;
  const { losses, validations, samples } = training;
  view.querySelector(".tiles").replaceChildren(...tiles(losses, validations));
  byId("training-chart").replaceChildren(chart([
    { name: "curveTraining", style: "training", dots: false, points: smoothed(losses) },
    { name: "curveValidation", style: "validation", dots: true, points: validations },
  ]));
  byId("training-samples").replaceChildren(...samples.slice(-MOST_SAMPLES).reverse().map(card));
  if (!samples.length) byId("training-samples").append(say(element("p", "note"), "trainingNoSamples"));
}

function tiles(losses, validations) {
  const { step, epoch, epochs, characters_per_second: speed } = training;
  const best = validations.reduce((a, b) => (b.nats < a.nats ? b : a), validations[0]);
  return [
    tile("trainingStep", count(step), ...(epochs ? ["trainingEpochOf", epoch, epochs] : ["trainingEpoch", epoch])),
    losses.length && tile("trainingLoss", decimal(smoothed(losses).at(-1).nats, 3), "trainingNats"),
    best && tile("trainingValidation", decimal(validations.at(-1).nats, 3),
      "trainingBest", decimal(best.nats, 3), count(best.step)),
    speed && tile("trainingSpeed", count(speed)),
  ].filter(Boolean);
}

/** The mean of each point and those before it: single steps vary. */
function smoothed(points) {
  const width = Math.max(1, Math.ceil(points.length / 50));
  let sum = 0;
  return points.map(({ step, nats }, i) => {
    sum += nats - (i >= width ? points[i - width].nats : 0);
    return { step, nats: sum / Math.min(width, i + 1) };
  });
}

function card({ epoch, step, text }) {
  const body = element("div", "text", text);
  body.dir = "auto";
  return element("article", "card", say(element("h3"), "sampleHead", epoch, count(step)), body);
}
