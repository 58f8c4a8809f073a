// Carts and orders: whole without this, quicker with it. Stands behind app.js, and uses its count, main and say.
"use strict";

const drawer = document.createElement("dialog");
drawer.className = "drawer";
drawer.setAttribute("aria-label", "Your cart");
drawer.innerHTML = '<button class="quiet close" type="button">Close</button><div class="content"></div>';
document.body.append(drawer);
const inDrawer = drawer.querySelector(".content");
drawer.querySelector(".close").addEventListener("click", () => drawer.close());
drawer.addEventListener("click", (event) => event.target === drawer && drawer.close());

const onCart = location.pathname === "/cart";
const onQueued = location.pathname.startsWith("/orders/queued/");
let asked = 0;
let shown = 0;

/** Shows the answer of a request for a page of the cart, unless a later one has been shown. */
async function show(request) {
  const number = ++asked;
  const response = await request;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (number < shown || !page.getElementById("main")) return;
  shown = number;
  const focused = document.activeElement?.id;
  const place = drawer.open ? inDrawer : main;
  place.replaceChildren(...page.getElementById("main").children);
  if (place === inDrawer) {
    for (const heading of place.querySelectorAll("h1")) {
      const second = document.createElement("h2");
      second.append(...heading.childNodes);
      heading.replaceWith(second);
    }
  }
  count.textContent = page.getElementById("cart-count").textContent;
  if (focused) document.getElementById(focused)?.focus();
}

/** The server, or another tab, says that the cart or one of its orders has changed. */
function cartChanged(things) {
  count.textContent = things;
  if (onCart || onQueued) show(fetch(location.href));
  else if (drawer.open) show(fetch("/cart"));
}

function add(things) {
  const now = Number(count.textContent);
  if (Number.isFinite(now)) count.textContent = Math.max(0, now + things);
}

/** What will most likely come of it is shown before the server has said so. */
function foresee(form) {
  const line = form.closest(".line");
  const field = line?.querySelector("input[type=number]");
  if (form.action.endsWith("/cart/remove")) {
    line.classList.add("leaving");
    add(-Number(field.defaultValue));
  } else if (form.action.endsWith("/cart/update")) {
    add(Number(field.value) - Number(field.defaultValue));
    field.defaultValue = field.value;
  } else if (form.action.endsWith("/cart/clear")) {
    for (const each of form.closest(".split").querySelectorAll(".line")) each.classList.add("leaving");
    count.textContent = 0;
  }
}

async function change(form) {
  const body = new URLSearchParams(new FormData(form));
  foresee(form);
  try {
    await show(fetch(form.action, { method: "POST", body }));
  } catch {
    say("That did not reach the shop");
    show(fetch("/cart")).catch(() => {});
  }
}

function send(productId, quantity) {
  return fetch("/api/cart/add", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ productId, quantity }),
  });
}

async function answered(response, quantity) {
  const answer = await response.json();
  if (response.ok) {
    count.textContent = answer.count;
    if (!drawer.open) drawer.showModal();
    await show(fetch("/cart"));
  } else {
    add(-quantity);
    say(answer.detail);
  }
}

/** Once there was an answer, whatever fails after it sends nothing a second time. */
async function buy(form) {
  const quantity = Number(form.elements.quantity?.value ?? 1);
  const button = form.querySelector("button");
  button.disabled = true;
  add(quantity);
  const response = await send(Number(form.elements.productId.value), quantity).catch(() => null);
  button.disabled = false;
  if (response) answered(response, quantity).catch(() => location.assign("/cart"));
  else form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const ofCart = form.method === "post" && (drawer.contains(form) || (onCart && main.contains(form)));
  if (form.matches("form.buy") || ofCart) {
    event.preventDefault();
    if (ofCart) change(form);
    else buy(form);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches(".line input[type=number]") && event.target.form) event.target.form.requestSubmit();
});
