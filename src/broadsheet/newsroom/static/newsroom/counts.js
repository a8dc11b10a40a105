// Counts while a story is written: its words, and its headline as each surface counts it. The
// sums are those of story/wordcount.py and story/textrule.py; a test holds them together. A
// text with a link or a mention in it is measured by the desk.
"use strict";
(() => {
  const { lengthsUrl } = document.currentScript.dataset;
  const QUIET_MS = 250; // after a key, before counting
  const TELL_MS = 2500; // after the last key, before a screen reader is told

  const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}";
  const CHARACTER = new RegExp(`[${UNSPACED}]`, "gu");
  const PART = `(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+`;
  const WORD = new RegExp(`${PART}(?:['’\\u2010\\u2011-]${PART})*`, "gu");
  const EMOJI =
    /\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|(?:(?![\u00A9\u00AE](?!\uFE0F))\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?(?:[\u{E0020}-\u{E007E}]+\u{E007F})?)(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?)*/gu;
  const LIGHT = /[\u0000-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]/u;
  const OF_THE_NETWORK = /[@＠]|:\/\/|[\p{L}\p{N}][.．。][\p{L}]/u; // a link or mention, perhaps

  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const found = (pattern, text) => (text.match(pattern) ?? []).length;
  const graphemes = (text) => [...segmenter.segment(text)].length;

  const counted = (text) => {
    const characters = found(CHARACTER, text);
    const words = found(WORD, text);
    return { words: words + characters, minutes: Math.ceil(words / 238 + characters / 390) };
  };

  const weight = (text) => {
    const whole = text.normalize("NFC");
    const others = [...whole.replace(EMOJI, "")];
    const light = others.filter((char) => LIGHT.test(char)).length;
    return 2 * found(EMOJI, whole) + 2 * (others.length - light) + light;
  };

  const lengths = (text) => ({
    card: graphemes(text),
    search: graphemes(text),
    bluesky: graphemes(text),
    mastodon: graphemes(text),
    x: weight(text),
  });

  const asked = async (text) => {
    const desk = JSON.parse(document.getElementById("wagtail-config").textContent);
    const answer = await fetch(lengthsUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": desk.CSRF_TOKEN },
      body: JSON.stringify({ text }),
    });
    if (!answer.ok) throw new Error(`the desk answers ${answer.status}`);
    return answer.json();
  };

  const measured = async (text) => {
    if (!OF_THE_NETWORK.test(text)) return lengths(text);
    try {
      return await asked(text);
    } catch {
      return lengths(text); // near enough until the desk answers again
    }
  };

  // What the tests ask; nothing else does.
  window.newsroomCounts = { counted, lengths, measured };

  const value = (name) => document.getElementById(`id_${name}`)?.value ?? "";

  const bodyText = () => {
    const body = document.querySelector("[data-contentpath='body']");
    if (!body) return "";
    const editors = [...body.querySelectorAll(".public-DraftEditor-content")].map(
      (editor) => editor.innerText,
    );
    const fields = [
      ...body.querySelectorAll("input[type='text']:not([data-w-date]), textarea:not([hidden])"),
    ]
      .filter((field) => field.offsetParent && !field.closest(".Draftail-Editor"))
      .map((field) => field.value);
    return [...editors, ...fields].join("\n");
  };

  const verdict = ({ at_most: atMost, link, is_advice: isAdvice }, used) => {
    const over = used + link - atMost;
    if (over <= 0) return "";
    return isAdvice ? `${over} over: may be cut` : `${over} over: will be shortened`;
  };

  const begin = (strip) => {
    const surfaces = JSON.parse(strip.dataset.surfaces);
    let timer = 0;
    let teller = 0;
    let told = "";

    const show = async () => {
      const headline = value("title");
      const posted = value("social_text") || headline;
      const { words, minutes } = counted(bodyText());
      strip.querySelector("[data-words]").textContent = words;
      strip.querySelector("[data-words-unit]").textContent = words === 1 ? "word" : "words";
      strip.querySelector("[data-minutes]").textContent = minutes;
      const [own, ofPost] = await Promise.all([measured(headline), measured(posted)]);
      const verdicts = surfaces.map((surface) => {
        const row = strip.querySelector(`[data-surface='${surface.key}']`);
        const used = (surface.is_advice ? own : ofPost)[surface.key];
        const said = verdict(surface, used);
        row.querySelector("[data-used]").textContent = used + surface.link;
        row.querySelector("[data-verdict]").textContent = said;
        row.classList.toggle("newsroom-counts__over", said !== "");
        return said && `${surface.name}: ${said}`;
      });
      clearTimeout(teller);
      teller = setTimeout(() => {
        const news = verdicts.filter(Boolean).join(". ");
        if (news === told) return; // only what changed is worth an interruption
        strip.querySelector("[data-told]").textContent = news || "The headline fits everywhere.";
        told = news;
      }, TELL_MS);
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(show, QUIET_MS);
    };
    const form = strip.closest("form") ?? document;
    form.addEventListener("input", later);
    form.addEventListener("keyup", later);
    form.addEventListener("paste", later);
    form.addEventListener("click", later); // blocks come and go
    show();
  };

  const start = () => {
    for (const strip of document.querySelectorAll("[data-newsroom-counts]")) begin(strip);
    const headline = document.querySelector("textarea#id_title");
    // A headline is one line, however many it fills on the screen.
    headline?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) event.preventDefault();
    });
    headline?.addEventListener("input", () => {
      if (!headline.value.includes("\n")) return;
      const at = headline.selectionStart;
      headline.value = headline.value.replace(/\s*\n\s*/g, " ");
      headline.setSelectionRange(at, at);
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
