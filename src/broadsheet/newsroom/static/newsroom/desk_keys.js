// Keys for what a newsroom does all day; "?" lists them. They do nothing while somebody
// types, with a dialog open, or for who switched Wagtail's own shortcuts off in the account.
"use strict";
(() => {
  const AWAIT_MS = 1500; // for the second key of two
  const TYPING = "input, textarea, select, [contenteditable], [role='textbox'], [role='combobox']";

  const go = (address) => () => window.location.assign(address);

  // Publishing by a slip of a key would be worse than one key more: the menu opens, and its
  // first act waits for Enter.
  const openActs = () => {
    const toggle = document.querySelector("footer [data-w-dropdown-target='toggle']");
    if (toggle) toggle.click();
    (toggle ?? document.querySelector("footer .action-save"))?.focus();
  };

  // Wagtail calls the paper's name "Dashboard", and so hides from who listens, or speaks, what
  // stands there. It draws its side bar by a script, so ours comes after.
  const nameBrand = () => {
    const brand = document.querySelector(".sidebar-custom-branding");
    const name = brand?.querySelector(".desk-brand__name")?.textContent.trim();
    if (!name) return false;
    brand.setAttribute("aria-label", `${name}: ${brand.getAttribute("aria-label")}`);
    // A list has a search of its own, and who jumps from one to the next must tell them apart.
    document.querySelector("#wagtail-sidebar [role=search]")?.setAttribute("aria-label", "The desk");
    return true;
  };
  if (!nameBrand()) {
    const drawn = new MutationObserver(() => nameBrand() && drawn.disconnect());
    drawn.observe(document.documentElement, { childList: true, subtree: true });
  }

  // The list that "?" opens says where keys lead, and holds only those the person may press.
  const listed = () => {
    const keys = {};
    for (const row of document.querySelectorAll("[data-desk-keys]")) {
      const caps = row.dataset.deskKeys.split(" ");
      const last = caps.pop();
      const within = caps.reduce((some, cap) => (some[cap] ??= {}), keys);
      within[last] = go(row.dataset.deskUrl);
    }
    return keys;
  };

  const isOff = () => {
    const config = JSON.parse(document.getElementById("wagtail-config").textContent);
    return config.KEYBOARD_SHORTCUTS_ENABLED === false;
  };

  const isDialogOpen = () =>
    [...document.querySelectorAll("[aria-modal='true']")].some(
      (dialog) => !dialog.closest("[aria-hidden='true']"),
    );

  let waiting = null;
  let timer = 0;
  const forget = () => {
    waiting = null;
    clearTimeout(timer);
  };

  document.addEventListener("keydown", (event) => {
    const isActs = event.key === "Enter" && event.shiftKey && (event.ctrlKey || event.metaKey);
    if (isActs && !isOff()) {
      event.preventDefault();
      openActs();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.closest?.(TYPING) || isDialogOpen()) {
      forget();
      return;
    }
    const found = (waiting ?? listed())[event.key];
    forget();
    if (found === undefined || isOff()) return;
    event.preventDefault();
    if (typeof found === "function") {
      found();
      return;
    }
    waiting = found;
    timer = setTimeout(forget, AWAIT_MS);
  });
})();
