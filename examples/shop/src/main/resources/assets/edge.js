// Completes the edge bar with what only the browser knows, and keeps the dashboard up to date. Both are there without it.
"use strict";

const NAMES = new Set(["trace", "region", "bucket", "object", "lag", "cache", "age", "codec", "total"]);
const SVG = "http://www.w3.org/2000/svg";
const ms = (time) => (time < 10 ? time.toFixed(2) : time.toFixed(1));
const seconds = (time) => (time < 60000 ? (time / 1000).toFixed(1) + " s" : time < 3600000 ? Math.floor(time / 60000) + " min" : Math.floor(time / 3600000) + " h");

function rect(layer, x, width) {
  const shape = document.createElementNS(SVG, "rect");
  shape.setAttribute("class", "l-" + layer);
  for (const [name, value] of Object.entries({ x: Math.min(996, x), y: 0, width: Math.max(4, Math.min(width, 1000 - x)), height: 10 })) {
    shape.setAttribute(name, Math.round(value));
  }
  return shape;
}

function row(layer, x, width, text) {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = layer;
  const drawing = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["viewBox", "0 0 1000 10"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) {
    drawing.setAttribute(name, value);
  }
  drawing.append(rect(layer, x, width));
  const when = document.createElement("td");
  when.append(drawing);
  const took = document.createElement("td");
  took.className = "num";
  took.textContent = text + " ms";
  line.append(head, when, took);
  return line;
}

/** What the header fields of this response say: facts, and layers with their beginnings. */
function read(entries) {
  const facts = new Map();
  const starts = new Map();
  const layers = [];
  for (const { name, duration, description } of entries) {
    if (NAMES.has(name)) facts.set(name, { duration, description });
    else if (name.startsWith("at-")) starts.set(name.slice(3), (starts.get(name.slice(3)) ?? []).concat(duration));
    else layers.push({ name, duration });
  }
  for (const layer of layers) layer.start = starts.get(layer.name)?.shift() ?? 0;
  return { facts, layers };
}

function bar(edge) {
  const [visit] = performance.getEntriesByType("navigation");
  if (!visit) return;
  const put = (name, text) => {
    const place = edge.querySelector(`[data-edge="${name}"]`);
    if (!place) return;
    place.textContent = text;
    place.parentElement.hidden = false;
  };
  const { facts, layers } = read(visit.serverTiming);
  if (layers.length > 0) waterfall(edge, facts, layers, put);
  put("protocol", { h2: "HTTP/2", h3: "HTTP/3" }[visit.nextHopProtocol] ?? visit.nextHopProtocol.toUpperCase());
  const sent = visit.encodedBodySize;
  if (sent > 0) {
    put("bytes", sent.toLocaleString("en") + (visit.decodedBodySize > sent ? " of " + visit.decodedBodySize.toLocaleString("en") : ""));
    put("codec", facts.get("codec")?.description || visit.contentEncoding || (visit.decodedBodySize > sent ? "compressed" : "identity"));
  }
  const network = edge.querySelector('[data-edge="network"]');
  network.textContent = `This browser waited ${ms(visit.responseStart - visit.requestStart)} ms for the first byte and had the last after ${ms(visit.responseEnd - visit.requestStart)} ms.`;
  network.hidden = false;
}

/** A page out of a cache tells of another request: then the header fields alone count. Of one that was streamed the page itself knows more. */
function waterfall(edge, facts, layers, put) {
  const same = facts.get("trace")?.description === edge.dataset.trace;
  const body = document.querySelector("#edge-waterfall tbody");
  const glance = edge.querySelector(".glance");
  const total = facts.get("total")?.duration ?? 0;
  const known = body.children.length;
  if (!same || layers.length >= known) {
    const whole = Math.max(total, ...layers.map((layer) => layer.start + layer.duration), 0.001);
    layers.sort((a, b) => a.start - b.start);
    body.replaceChildren(...layers.map((layer) => row(layer.name, (layer.start / whole) * 1000, (layer.duration / whole) * 1000, ms(layer.duration))));
    glance.replaceChildren(...layers.map((layer) => rect(layer.name, (layer.start / whole) * 1000, (layer.duration / whole) * 1000)));
    put("total", ms(total));
  }
  for (const name of ["region", "bucket", "object"]) if (facts.has(name)) put(name, facts.get(name).description);
  for (const name of ["age", "lag"]) if (facts.has(name)) put(name, seconds(facts.get(name).duration));
  const [state, step] = (facts.get("cache")?.description ?? "NONE ").split(" ");
  put("cache", state);
  edge.querySelector(".state").className = "state s-" + state;
  put("step", step || "no catalogue");
}

function dashboard(sign) {
  const board = document.querySelector("edge-live");
  const shown = document.getElementById("percent-shown");
  document.getElementById("percent").addEventListener("input", (event) => (shown.textContent = event.target.value + " %"));
  const say = (live) => {
    sign.textContent = live ? "live" : "connecting again";
    sign.classList.toggle("on", live);
  };
  board.addEventListener("edge-live", () => say(true));
  new MutationObserver(() => board.hasAttribute("offline") && say(false)).observe(board, { attributeFilter: ["offline"] });
}

const edge = document.getElementById("edgebar");
if (edge) {
  // The entry of the navigation is whole only once the load has ended.
  window.addEventListener("load", () => setTimeout(bar, 0, edge));
  edge.open = localStorage.getItem("edgebar") === "open";
  edge.addEventListener("toggle", () => localStorage.setItem("edgebar", edge.open ? "open" : "closed"));
}
const sign = document.getElementById("edge-live");
if (sign) dashboard(sign);
