/* Shows what needs passkeys where the browser has them, and says what went wrong with one. */
(() => {
  "use strict";

  const can = window.isSecureContext && "PublicKeyCredential" in window &&
    !/^[\d.]+$|^\[/.test(location.hostname);
  const said = {
    NotAllowedError: "It was not finished in time, or not allowed. Try again.",
    InvalidStateError: "This device has a passkey for you already.",
    SecurityError: "This browser makes no passkeys for this address.",
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = !can;
    for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = can;
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const { exception } = event.detail;
    for (const part of document.querySelectorAll("[data-passkey-trouble]")) {
      part.textContent = said[exception.name] || "It did not work. Try again, or use a code.";
    }
  });
})();
