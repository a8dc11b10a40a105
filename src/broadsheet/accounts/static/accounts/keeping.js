/*
 * Keeps what is typed in an editor when the session ends: the page stays as it is, one signs in
 * in another tab, and what was being saved is saved. Nothing is stored in the browser.
 */
(() => {
  "use strict";

  const ASK_EACH_MS = 60000;
  const script = document.currentScript;
  const state = {
    name: "", form: null, dialog: null, waiting: null, passing: false,
    isUnsaved: false, // the form could not be saved by itself
    isPutOff: false, // and is to be saved once somebody is signed in
  };

  // Who is signed in here; null if nobody is, undefined if the desk does not answer.
  const ask = async () => {
    try {
      const answer = await fetch(script.dataset.signedIn, { cache: "no-store" });
      if (answer.status === 401) return null;
      return answer.ok ? await answer.json() : undefined;
    } catch {
      return undefined;
    }
  };

  const made = (tag, text, traits = {}) =>
    Object.assign(document.createElement(tag), { textContent: text }, traits);

  const dialog = () => {
    if (state.dialog) return state.dialog;
    const box = made("dialog", "", { className: "accounts-keeping" });
    box.setAttribute("aria-labelledby", "accounts-keeping-title");
    const heading = made("h2", "You are signed out", { id: "accounts-keeping-title" });
    const words = made("p", "");
    words.setAttribute("role", "status");
    const acts = made("p", "");
    const link = made("a", "Sign in in a new tab", {
      className: "button", href: script.dataset.signIn, target: "_blank", rel: "opener",
    });
    const again = made("button", "I have signed in: go on", {
      type: "button", className: "button button-secondary",
    });
    const later = made("button", "Not now", { type: "button", className: "button button-secondary" });
    acts.append(link, " ", again, " ", later);
    box.append(heading, words, acts);
    document.body.append(box);
    again.addEventListener("click", look);
    later.addEventListener("click", () => {
      putOff();
      box.close();
    });
    box.addEventListener("cancel", putOff); // by Escape
    state.dialog = Object.assign(box, { words });
    return box;
  };

  // What was pressed and put off is pressed again or not at all: nobody approves by coming back.
  // The words are kept all the same. Whoever holds a press of their own lets go of it, too.
  const putOff = () => {
    state.waiting = null;
    state.isPutOff = true;
    forget(state.form);
    state.form.dispatchEvent(new CustomEvent("accounts:put-off", { bubbles: true }));
  };

  const tell = (words) => {
    const box = dialog();
    box.words.textContent = words;
    if (!box.open) box.showModal();
  };

  const renewKeys = (csrf) => {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      field.value = csrf;
    }
  };

  // An act that was pressed before and did not go through is not what is pressed now.
  const forget = (form) => {
    for (const act of form.querySelectorAll("input[data-pressed]")) act.remove();
  };

  const send = ({ form, submitter }) => {
    state.passing = true;
    if (submitter) forget(form);
    if (submitter && submitter.disabled && submitter.name) {
      const { name, value } = submitter;
      const act = made("input", "", { type: "hidden", name, value });
      act.dataset.pressed = "";
      form.append(act);
      form.requestSubmit();
    } else {
      form.requestSubmit(submitter && !submitter.disabled ? submitter : undefined);
    }
    state.passing = false;
  };

  // What is waiting goes on if the same person is signed in; else it is told what helps.
  const look = async () => {
    const who = await ask();
    if (who === null) {
      tell("Your words are still here, in this page. Sign in in a new tab, and come back: then they are saved.");
    } else if (who && state.name && who.name !== state.name) {
      tell(`Now ${who.name} is signed in here, and these are the words of ${state.name}. Sign in as ${state.name} to save them.`);
    } else {
      goOn(who);
    }
  };

  const goOn = (who) => {
    const wasTold = Boolean(state.dialog && state.dialog.open);
    const isOwed = state.isUnsaved && (wasTold || Boolean(who && state.isPutOff));
    if (who) {
      state.name ||= who.name;
      state.isPutOff = false;
      renewKeys(who.csrf);
    }
    if (wasTold) state.dialog.close();
    const { waiting } = state;
    state.waiting = null;
    if (waiting) {
      send(waiting);
    } else if (isOwed) {
      state.form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
    }
  };

  const hold = (event) => {
    if (event.target !== state.form || state.passing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    state.waiting = { form: event.target, submitter: event.submitter };
    look();
  };

  document.addEventListener("DOMContentLoaded", async () => {
    state.form = document.querySelector("form[data-edit-form]");
    if (!state.form) return;
    document.addEventListener("submit", hold, true);
    document.addEventListener("w-autosave:error", () => {
      state.isUnsaved = true;
      look();
    });
    document.addEventListener("w-autosave:success", () => {
      state.isUnsaved = false;
    });
    window.addEventListener("focus", () => state.dialog?.open && look());
    document.addEventListener("visibilitychange", () => document.hidden || look());
    setInterval(() => document.hidden || look(), ASK_EACH_MS);
    const who = await ask();
    if (who) state.name = who.name;
  });
})();
