// Names the buttons that stand for others who have a form open: Wagtail shows a face alone, the same
// for all who have no portrait, and who listens to the page hears "button". Its popup, with the name
// and what they do here, is taken out of the page when the button comes alive.
"use strict";
(() => {
  const said = (button) => {
    const popup =
      button.querySelector(".w-editing-sessions__popup") ?? button._tippy?.props?.content;
    return (popup?.textContent ?? "").replace(/\s+/g, " ").trim();
  };
  const name = () => {
    for (const button of document.querySelectorAll("button.w-editing-sessions__session")) {
      const words = said(button);
      if (!words || button.getAttribute("aria-label") === words) continue;
      button.setAttribute("aria-label", words);
      button.dataset.who = words.split(" - ")[0];
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    name();
    const header = document.querySelector(".w-slim-header");
    // A moment later: what makes the button alive looks at the same changes.
    const soon = () => setTimeout(name);
    if (header) new MutationObserver(soon).observe(header, { childList: true, subtree: true });
  });
})();
