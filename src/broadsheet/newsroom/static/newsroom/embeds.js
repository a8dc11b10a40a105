// Asks the desk what an embed's address is called, and writes the answer into the block's other
// fields, where they are empty or were filled by an answer before. Without this script, and
// whenever nobody answers, the editor writes them.
"use strict";
(() => {
  const { lookUpUrl } = document.currentScript.dataset;
  const FIELDS = { title: "title", author: "author", provider: "provider" };

  const ask = async (url) => {
    const desk = JSON.parse(document.getElementById("wagtail-config").textContent);
    const answer = await fetch(lookUpUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": desk.CSRF_TOKEN },
      body: JSON.stringify({ url }),
    });
    if (!answer.ok) throw new Error(`the desk answers ${answer.status}`);
    return answer.json();
  };

  const write = (address, field, text) => {
    const name = address.name.replace(/url$/, field);
    const input = document.getElementsByName(name)[0];
    if (!input || !text || (input.value && input.dataset.lookedUp !== input.value)) return;
    input.value = text;
    input.dataset.lookedUp = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const lookUp = async (button) => {
    const whole = button.closest(".embed-address");
    const address = whole.querySelector("input");
    const told = whole.querySelector("[data-embed-told]");
    if (!address.value.trim()) {
      told.textContent = "Paste an address first.";
      return;
    }
    button.disabled = true;
    told.textContent = "Asking …";
    try {
      const said = await ask(address.value.trim());
      Object.entries(FIELDS).forEach(([field, key]) => write(address, field, said[key]));
      told.textContent = said.problem
        ? `Not looked up: ${said.problem}.`
        : `${said.provider} was asked: ${said.title || said.author || "it gives no title"}.`;
    } catch {
      told.textContent = "Not looked up: the desk did not answer. Write the title yourself.";
    } finally {
      button.disabled = false;
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-embed-look-up]");
    if (button) lookUp(button);
  });

  // The button works with this script only, so it is shown by it, in blocks that come later too.
  const show = () =>
    document
      .querySelectorAll("[data-embed-look-up][hidden]")
      .forEach((button) => button.removeAttribute("hidden"));
  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", show);
})();
