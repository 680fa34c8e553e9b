// The visible texts whose contrast with their background is below 4.5, as WCAG 2.2, section 1.4.3, defines it.

function color(css) {
  const numbers = css.match(/[\d.]+/g).map(Number);
  const scale = css.startsWith("color(srgb") ? 255 : 1;
  return [...numbers.slice(0, 3).map(it => it * scale), numbers[3] ?? 1];
}

function over([r, g, b, alpha], below) {
  return [...[r, g, b].map((it, i) => it * alpha + below[i] * (1 - alpha)), 1];
}

function background(element) {
  const layers = [];
  for (let it = element; it; it = it.parentElement) {
    layers.unshift(color(getComputedStyle(it).backgroundColor));
    if (layers[0][3] === 1) break;
  }
  return layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
}

function luminance([r, g, b]) {
  const [x, y, z] = [r, g, b]
    .map(it => it / 255)
    .map(it => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const low = new Set();
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.textContent.trim() || !element.checkVisibility()) continue;
  if (element.closest("noscript, .unseen, :disabled, label:has(:disabled)")) continue;
  const behind = background(element);
  const found = contrast(over(color(getComputedStyle(element).color), behind), behind);
  if (found < 4.5) low.add(`${element.tagName}.${element.className} ${found.toFixed(2)}: ${element.textContent}`);
}
return [...low];
