// Everything here improves pages that work without it.
"use strict";

const toast = document.getElementById("toast");
const count = document.getElementById("cart-count");

function say(text) {
  toast.textContent = text;
  toast.classList.add("shown");
  window.setTimeout(() => toast.classList.remove("shown"), 4000);
}

for (const form of document.querySelectorAll("form.buy")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const response = await fetch("/api/cart/add", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          productId: Number(form.elements.productId.value),
          quantity: Number(form.elements.quantity.value),
        }),
      });
      const answer = await response.json();
      if (response.ok) {
        count.textContent = answer.count;
        say("Added to your cart");
      } else {
        say(answer.detail);
      }
    } catch {
      form.submit();
    } finally {
      button.disabled = false;
    }
  });
}

const market = document.querySelector("form.market");
market.classList.add("live");
market.elements.country.addEventListener("change", () => market.submit());

function showTimes() {
  const [page] = performance.getEntriesByType("navigation");
  const times = (page?.serverTiming ?? []).map((t) => `${t.name} ${t.duration.toFixed(1)} ms`);
  if (times.length > 0) {
    document.getElementById("edge-times").textContent = times.join(" · ");
  }
}
window.addEventListener("load", showTimes);
