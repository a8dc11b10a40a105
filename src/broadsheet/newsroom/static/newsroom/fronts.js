// Exchanges the board after each act instead of the whole page, announces what happened, keeps the
// focus where the editor works, and lets stories be dragged. The desk does every act itself: without
// this script the same buttons send the same form.
"use strict";
(() => {
  const board = document.querySelector("[data-front-board]");
  const said = document.querySelector("[data-front-said]");
  if (!board || !said) return;
  const formOf = () => board.querySelector("form");

  const exchange = async (data) => {
    board.setAttribute("aria-busy", "true");
    const answer = await fetch(window.location.href, {
      method: "POST",
      headers: { "X-Board": "1" },
      body: data,
    });
    // Signed out, or refused: a page of its own says so.
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
    const form = formOf();
    const data = new FormData(form);
    data.set("do", what);
    if (at !== null) data.set("at", at);
    try {
      await exchange(data);
      focusAfter(what.split(":")[0], offer);
    } catch (problem) {
      console.warn("The board is sent as a whole page:", problem);
      const field = (name, value) => {
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name, value });
        form.append(input);
      };
      form.querySelector("#front-at")?.removeAttribute("name");
      field("do", what);
      field("at", data.get("at") ?? "");
      form.submit();
    } finally {
      board.removeAttribute("aria-busy");
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
