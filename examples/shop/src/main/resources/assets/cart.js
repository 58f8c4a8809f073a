// Carts and orders: whole without this, quicker with it. Stands behind app.js, and uses its count, main, say and toast.
"use strict";

const drawer = document.createElement("dialog");
drawer.className = "drawer";
drawer.setAttribute("aria-label", "Your cart");
drawer.innerHTML = '<div class="sheet"><button class="quiet close" type="button">Close</button><div class="content"></div></div>';
const news = document.createElement("div");
news.className = "hidden news";
news.setAttribute("role", "status");
document.body.append(drawer);
speakFrom(document.body);
const inDrawer = drawer.querySelector(".content");
drawer.querySelector(".close").addEventListener("click", () => drawer.close());
drawer.addEventListener("click", (event) => event.target === drawer && drawer.close()); // its sheet covers all but what is beside it
drawer.addEventListener("close", () => speakFrom(document.body));

const onCart = location.pathname === "/cart";
const onQueued = location.pathname.startsWith("/orders/queued/");
let asked = 0;
let shown = 0;

/** What is outside of an open dialog is neither seen nor heard. */
function speakFrom(place) {
  place.prepend(news);
  place.append(toast);
}

function openDrawer() {
  if (drawer.open) return;
  speakFrom(drawer);
  drawer.showModal();
}

function announce() {
  const things = count.textContent;
  news.textContent = things === "0" ? "Your cart is empty" : `${things} ${things === "1" ? "thing" : "things"} in your cart`;
}

/** What of a newer content stands for an element of the one before; undefined if nothing does. */
function counterpart(element, place) {
  const same = (selector, of) => [...place.querySelectorAll(selector)].find((other) => of(other) === of(element));
  const sent = ({ form }) => form && form.action + " " + form.elements.productId?.value;
  if (element.id) return same("[id]", ({ id }) => id);
  if (element.form) return same("button", sent);
  if (element.href) return same("a", ({ href }) => href);
}

/** Replaces what a place holds. Who was in it goes on at the same thing, the next line or the heading. */
function replace(place, children) {
  const before = document.activeElement;
  const within = place.contains(before);
  const line = [...place.querySelectorAll(".line")].indexOf(before?.closest(".line"));
  place.replaceChildren(...children);
  if (!within) return;
  const heading = place.querySelector("h1, h2");
  if (heading) heading.tabIndex = -1;
  (counterpart(before, place) ?? place.querySelectorAll(".line .what a")[line] ?? heading)?.focus();
}

/** Shows the answer of a request for a page of the cart, unless a later one has been shown. */
async function show(request) {
  const number = ++asked;
  const response = await request;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (number < shown || !page.getElementById("main")) return;
  shown = number;
  const content = page.getElementById("main");
  const place = (onCart || onQueued) && !drawer.open ? main : inDrawer; // no other page gives way to the cart
  if (place === inDrawer) {
    for (const heading of content.querySelectorAll("h1")) {
      const second = document.createElement("h2");
      second.append(...heading.childNodes);
      heading.replaceWith(second);
    }
  }
  replace(place, content.children);
  count.textContent = page.getElementById("cart-count").textContent;
}

/** The server, or another tab, says that the cart or one of its orders has changed. */
function cartChanged(things) {
  count.textContent = things;
  if (onCart || onQueued || drawer.open) {
    show(fetch(drawer.open ? "/cart" : location.href)).catch(() => {}); // the next change, or load, shows it
  }
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
    announce();
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
    openDrawer();
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
