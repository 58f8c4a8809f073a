// Suggestions under the search field: a combobox with a list box (WAI-ARIA 1.2). Without this script the field is a plain form.
"use strict";

{ // the other scripts of a page have names of their own
  const searchForm = document.querySelector("form.search[data-suggest]");
  const field = searchForm?.elements.q;
  const box = searchForm?.querySelector(".suggestions");
  const PAUSE = 120;
  let timer = 0;
  let asked = 0;
  let chosen = -1;

  function options() {
    return [...box.querySelectorAll("[role=option]")];
  }

  function show(open) {
    box.hidden = !open;
    field.setAttribute("aria-expanded", String(open && options().length > 0));
    if (!open) choose(-1);
  }

  function choose(index) {
    const all = options();
    chosen = index;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", all[index].id);
      all[index].scrollIntoView({ block: "nearest" });
    }
  }

  async function suggest() {
    const words = field.value.trim();
    const number = ++asked;
    if (words === "") {
      show(false);
      return;
    }
    const url = `${searchForm.dataset.suggest}?q=${encodeURIComponent(words)}`;
    const response = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!response?.ok || number !== asked) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (number !== asked || document.activeElement !== field) return;
    box.replaceChildren(...page.body.childNodes);
    choose(-1);
    show(true);
  }

  function key(event) {
    const all = options();
    const open = !box.hidden && all.length > 0;
    if (event.key === "ArrowDown" && !open) {
      suggest();
    } else if (event.key === "ArrowDown") {
      choose((chosen + 1) % all.length);
    } else if (event.key === "ArrowUp" && open) {
      choose(chosen <= 0 ? all.length - 1 : chosen - 1);
    } else if (event.key === "Enter" && open && chosen >= 0) {
      location.assign(all[chosen].dataset.url);
    } else if (event.key === "Escape" && !box.hidden) {
      show(false);
    } else {
      return;
    }
    event.preventDefault();
  }

  if (field) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", "suggestions");
    field.setAttribute("aria-expanded", "false");
    box.innerHTML = '<ul role="listbox" id="suggestions" aria-label="Suggestions"></ul>';
    field.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(suggest, PAUSE);
    });
    field.addEventListener("keydown", key);
    field.addEventListener("blur", () => {
      window.clearTimeout(timer);
      show(false);
    });
    box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    box.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  }
}
