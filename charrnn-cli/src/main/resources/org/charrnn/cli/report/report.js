"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("data").textContent);

  // The last point of a line that is not to the right of a step, or the first one.
  function at(line, step) {
    let low = 0, high = line.x.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (line.x[middle] <= step) low = middle; else high = middle - 1;
    }
    return low;
  }

  for (const figure of document.querySelectorAll(".chart")) {
    const data = charts[figure.dataset.chart];
    const plot = figure.querySelector(".plot");
    const cursor = figure.querySelector(".cursor");
    const box = cursor.appendChild(document.createElement("div"));
    let part = 1;

    function show(where) {
      part = Math.min(1, Math.max(0, where));
      const step = data.from + part * (data.to - data.from);
      box.textContent = "";
      box.append("step " + Math.round(step).toLocaleString("en").replaceAll(",", "\u202f"));
      for (const line of data.lines) {
        if (!line.x.length) continue;
        const i = at(line, step);
        const row = document.createElement("div");
        row.style.all = "unset";
        row.style.display = "block";
        row.textContent = line.name.split(",")[0] + " " + line.y[i]
          + (Math.abs(line.x[i] - step) > (data.to - data.from) / 200
            ? " (step " + line.x[i].toLocaleString("en").replaceAll(",", "\u202f") + ")" : "");
        box.append(row);
      }
      cursor.style.left = 100 * part + "%";
      cursor.classList.toggle("flip", part > .5);
      cursor.hidden = false;
    }

    plot.addEventListener("pointermove", event => {
      const place = plot.getBoundingClientRect();
      show((event.clientX - place.left) / place.width);
    });
    plot.addEventListener("pointerleave", () => cursor.hidden = true);
    plot.addEventListener("blur", () => cursor.hidden = true);
    plot.addEventListener("keydown", event => {
      const move = { ArrowLeft: -.01, ArrowRight: .01 }[event.key];
      if (move) {
        show(part + move);
        event.preventDefault();
      }
    });
  }

  const text = document.querySelector(".surprise");
  if (text) {
    const expected = document.querySelector(".expected");
    let last = null;
    function showExpected(event) {
      const symbol = event.target.closest("span");
      if (!symbol || symbol === last) return;
      if (last) last.classList.remove("on");
      last = symbol;
      symbol.classList.add("on");
      expected.textContent = symbol.title;
    }
    text.addEventListener("pointerover", showExpected);
    text.addEventListener("click", showExpected);
  }

  const samples = document.querySelector(".samples");
  if (samples) samples.scrollLeft = samples.scrollWidth;
})();
