"use strict";
// Keeps the cards fresh, and lets a triager work without the mouse. Without it, reload the page.
const list = document.getElementById("cards");
const EVERY = 1000;

function isBusy(card) {
  return card.dataset.touched === "1" || card.querySelector("details[open]") !== null;
}

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(`/cards?of=${list.dataset.of}`, { redirect: "error" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const cards = [...fresh.querySelectorAll("article.card")];
  const wanted = new Set(cards.map((card) => card.id));
  for (const old of [...list.querySelectorAll("article.card")]) {
    if (!wanted.has(old.id) && !isBusy(old)) old.remove();
  }
  let before = null;
  for (const card of cards) {
    const old = document.getElementById(card.id);
    if (old && (old.dataset.version === card.dataset.version || isBusy(old))) {
      before = old;
      continue;
    }
    const mine = document.importNode(card, true);
    if (old) old.replaceWith(mine);
    else {
      mine.classList.add("new");
      if (before) before.after(mine);
      else list.prepend(mine);
    }
    before = mine;
  }
  const empty = document.getElementById("empty");
  if (empty) empty.hidden = list.querySelector("article.card") !== null;
  const waiting = fresh.querySelector("[data-waiting]");
  if (waiting) {
    document.title = `${waiting.dataset.waiting} to do · Heard`;
    document.getElementById("count").textContent = waiting.dataset.waiting;
  }
}

function step(by) {
  const cards = [...document.querySelectorAll("article.card")];
  if (!cards.length) return;
  const at = cards.indexOf(document.activeElement.closest("article.card"));
  const next = cards[Math.min(cards.length - 1, Math.max(0, at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const card = document.activeElement.closest("article.card");
  const target = card && card.querySelector(`[data-key="${key}"]`);
  if (target) target.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, input, select")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "c" || event.key === "x") press(event.key);
});

if (list) {
  list.addEventListener("input", (event) => {
    event.target.closest("article.card").dataset.touched = "1";
  });
  const tick = () => refresh().catch(() => undefined).finally(() => setTimeout(tick, EVERY));
  setTimeout(tick, EVERY);
}
