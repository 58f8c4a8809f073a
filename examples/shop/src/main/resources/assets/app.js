// Everything here improves pages that work without it.
"use strict";

const toast = document.getElementById("toast");
const count = document.getElementById("cart-count");

function say(text) {
  toast.textContent = text;
  toast.classList.add("shown");
  window.setTimeout(() => toast.classList.remove("shown"), 4000);
}

// What changes in another tab, or on the server, is shown here too: over sockets that miss nothing while the server is away.
const main = document.getElementById("main");

const heard = {
  "cart-count": (text) => cartChanged(JSON.parse(text).count), // of cart.js
  "sale-left": (text) => {
    document.getElementById("sale-left").textContent = text;
  },
};

async function listen() {
  const { EdgeSocket } = await import("./edge-socket.js");
  for (const [id, hear] of Object.entries(heard)) {
    const element = document.getElementById(id);
    if (!element) continue;
    const socket = new EdgeSocket(element.dataset.live);
    let first = true;
    socket.onmessage = hear;
    socket.onopen = (resumed) => {
      if (!resumed && !first) location.reload();
      first = false;
      element.dataset.state = "live";
    };
    window.addEventListener("pagehide", () => socket.close());
  }
}
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
listen();

// A page that was fetched ahead says that it is shown: until then nobody has looked at it.
const ahead = document.querySelector("[data-tell]");
if (ahead) {
  const tell = () => fetch(ahead.dataset.tell, { method: "POST", keepalive: true }).catch(() => {});
  if (document.prerendering) document.addEventListener("prerenderingchange", tell, { once: true });
  else tell();
}
