// Exchanges the board after each act instead of the whole page, announces what happened, keeps the
// focus where the editor works, and lets stories be dragged. The desk does every act itself: without
// this script the same buttons send the same form.
"use strict";
(() => {
  const board = document.querySelector("[data-front-board]");
  const said = document.querySelector("[data-front-said]");
  if (!board || !said) return;
  const LOST =
    "Nothing was done: the desk does not answer, or you are signed out. Your draft is kept as it " +
    "was before; sign in again if you are asked to, and reload this page.";
  const formOf = () => board.querySelector("form");

  // Until the answer is there nothing can be pressed or typed: it would be about a board of before.
  const rest = (isBusy) => {
    board.inert = isBusy;
    board.setAttribute("aria-busy", String(isBusy));
  };

  const exchange = async (data) => {
    const answer = await fetch(window.location.href, {
      method: "POST",
      headers: { "X-Board": "1" },
      body: data,
    });
    if (!answer.ok || answer.redirected) throw new Error(`the desk answers ${answer.status}`);
    const into = board.querySelector("#front-at")?.value;
    board.innerHTML = await answer.text();
    const select = board.querySelector("#front-at");
    if (select && into) select.value = into;
    said.textContent = formOf().dataset.said;
  };

  const focusAfter = (act, offer) => {
    const offers = board.querySelectorAll(".front-offer button");
    if (offer !== null && offers.length) {
      offers[Math.min(offer, offers.length - 1)].focus();
      return;
    }
    const slot = board.querySelector(`#slot-${formOf().dataset.about}`);
    const same = slot?.querySelector(`[data-act="${act}"]:not(:disabled)`);
    (same || slot?.querySelector("button:not(:disabled)"))?.focus({ preventScroll: false });
  };

  const act = async (what, at, offer) => {
    if (board.inert) return;
    const data = new FormData(formOf());
    data.set("do", what);
    if (at !== null) data.set("at", at);
    rest(true);
    try {
      await exchange(data);
      rest(false);
      focusAfter(what.split(":")[0], offer);
    } catch (problem) {
      console.warn("Nothing was done:", problem);
      rest(false);
      said.textContent = LOST;
    }
  };

  board.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || "whole" in button.dataset) return;
    event.preventDefault();
    const offers = [...board.querySelectorAll(".front-offer button")];
    const place = offers.indexOf(button);
    act(button.value, null, place < 0 ? null : place);
  });

  let dragged = null;
  const slotAt = (event) => event.target.closest?.("[data-slot]");
  const mark = (slot) => {
    for (const each of board.querySelectorAll(".front-over")) each.classList.remove("front-over");
    slot?.classList.add("front-over");
  };

  board.addEventListener("dragstart", (event) => {
    const source = event.target.closest?.("[data-drag]");
    if (!source) return;
    dragged = source.dataset.drag;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged);
  });
  board.addEventListener("dragover", (event) => {
    const slot = dragged && slotAt(event);
    if (!slot) return;
    event.preventDefault();
    mark(slot);
  });
  board.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
  board.addEventListener("drop", (event) => {
    const slot = dragged && slotAt(event);
    if (!slot) return;
    event.preventDefault();
    const what = dragged;
    dragged = null;
    mark(null);
    act(what, slot.dataset.slot, null);
  });
})();

// Shows a page that is wider than the desk as a whole, smaller; without this script it scrolls.
(() => {
  const frame = document.querySelector(".front-frame");
  const page = frame?.querySelector("iframe");
  if (!page) return;
  const fit = () => {
    page.style.removeProperty("transform");
    frame.style.removeProperty("block-size");
    const scale = Math.min(1, frame.clientWidth / page.offsetWidth);
    if (scale === 1) return;
    page.style.setProperty("transform-origin", "0 0");
    page.style.setProperty("transform", `scale(${scale})`);
    frame.style.setProperty("block-size", `${Math.ceil(page.offsetHeight * scale) + 2}px`);
    frame.scrollTo(0, 0);
  };
  for (const width of document.querySelectorAll('[name="width"]')) {
    width.addEventListener("change", fit);
  }
  window.addEventListener("resize", fit);
  fit();
})();
