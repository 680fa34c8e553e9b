// A chart of losses over the steps of a training, drawn as in the report of a training.

import { element } from "./dom.js";
import { count, decimal } from "./format.js";
import { label, message, say } from "./language.js";

const SIDE = 1000;

/**
 * Draws curves.
 *
 * @param curves each {name, style, dots, points}: the key of its name, the class of its color, whether its points are
 *     drawn, and the points as {step, nats}
 */
export function chart(curves) {
  const shown = curves.filter(it => it.points.length);
  const plot = element("div", "plot");
  plot.role = "img";
  if (shown.length) {
    const axes = new Axes(shown);
    plot.append(lines(axes, shown), ...ticks(axes), ...shown.flatMap(it => dots(axes, it)));
    label(plot, "chart", () => shown.map(summary).join(" "));
  } else {
    label(plot, "trainingNoLosses");
    plot.append(say(element("p", "note"), "trainingNoLosses"));
  }
  const keys = element("span", "keys", ...shown.map(it =>
    say(element("span", `key ${it.style}${it.dots ? " dots" : ""}`), it.name)));
  return element("figure", "chart",
    element("figcaption", "", say(element("b"), "loss"), say(element("span", "unit"), "trainingNats"), keys),
    plot,
    say(element("div", "xtitle"), "trainingStep"));
}

function summary({ name, points }) {
  return message("chartSummary", message(name), decimal(points[0].nats, 3), decimal(points.at(-1).nats, 3));
}

/** The ranges that the curves need. */
class Axes {
  constructor(curves) {
    const points = curves.flatMap(it => it.points);
    const nats = points.map(it => it.nats);
    this.from = points.reduce((least, it) => Math.min(least, it.step), Infinity);
    this.to = points.reduce((most, it) => Math.max(most, it.step), this.from + 1);
    // The losses of the first steps would flatten the rest.
    const sorted = nats.toSorted((a, b) => a - b);
    const low = sorted[0];
    const high = sorted[Math.floor(0.97 * (sorted.length - 1))];
    const margin = Math.max(0.05, 0.06 * (high - low));
    this.low = low - margin;
    this.high = high + margin;
  }

  x(step) {
    return (step - this.from) / (this.to - this.from);
  }

  y(nats) {
    return (this.high - nats) / (this.high - this.low);
  }

  get stepTicks() {
    return round(this.from, this.to).filter(Number.isInteger);
  }

  get natsTicks() {
    return round(this.low, this.high);
  }
}

/** About five round numbers in a range. */
function round(from, to) {
  const raw = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find(it => it * power >= raw);
  const ticks = [];
  for (let i = Math.ceil(from / step); i * step <= to; i++) ticks.push(i * step);
  return ticks;
}

function lines(axes, curves) {
  const svg = svgElement("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, preserveAspectRatio: "none" });
  svg.append(...axes.natsTicks.map(it =>
    svgElement("path", { class: "grid", d: `M0 ${(SIDE * axes.y(it)).toFixed(1)} H${SIDE}` })));
  svg.append(...curves.map(it => svgElement("path", { class: `line ${it.style}`, d: "M" + it.points.map(point =>
    `${(SIDE * axes.x(point.step)).toFixed(1)} ${(SIDE * axes.y(point.nats)).toFixed(1)}`).join(" ") })));
  return svg;
}

function svgElement(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function ticks(axes) {
  const digits = axes.high - axes.low < 1 ? 2 : 1;
  return [
    ...axes.natsTicks.map(it => at(element("span", "ytick", decimal(it, digits)), 0, axes.y(it))),
    ...axes.stepTicks.map(it => at(element("span", "xtick", count(it)), axes.x(it), 0)),
  ];
}

function dots(axes, { dots, style, points }) {
  return dots
    ? points.filter(it => axes.y(it.nats) >= 0)
      .map(it => at(element("i", "dot " + style), axes.x(it.step), axes.y(it.nats)))
    : [];
}

function at(mark, x, y) {
  mark.style.setProperty("--x", (100 * x).toFixed(2) + "%");
  mark.style.setProperty("--y", (100 * y).toFixed(2) + "%");
  return mark;
}
