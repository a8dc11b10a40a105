// What pages do beyond being read: each part is a comfort, and every page is whole without it.

const SIZE = "text-size";
const SIZES = ["100%", "106.25%", "118%", "132%", "150%"];

/** Return how a language says distances in time; none for a tag that the browser refuses. */
function distances(language) {
  try {
    return new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "long" });
  } catch {
    return null;
  }
}

/** Say how long ago something was, while it was today; the time itself stays in the title. */
function relative(element, now) {
  const at = Date.parse(element.dateTime);
  const minutes = Math.round((at - now) / 60000);
  if (minutes < -24 * 60 && element.title) element.textContent = element.title; // Of yesterday now.
  if (Number.isNaN(at) || minutes > 0 || minutes < -24 * 60) return;
  const words = distances(element.closest("[lang]")?.lang || "en");
  if (!words) return;
  element.title ||= element.textContent;
  element.textContent =
    minutes > -60 ? words.format(minutes, "minute") : words.format(Math.round(minutes / 60), "hour");
}

function relatives() {
  const now = Date.now();
  for (const time of document.querySelectorAll(".meta time, .latest time")) relative(time, now);
}

/** Offer to put a player where the link to it stands; nothing of it is loaded before. */
function offer(figure) {
  const { player, play, loads } = figure.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = play;
  const note = document.createElement("small");
  note.textContent = loads;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = player;
    frame.title = figure.querySelector(".embed-title").textContent;
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    frame.referrerPolicy = "strict-origin";
    frame.setAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox",
    );
    button.replaceWith(frame);
    note.remove();
    frame.focus();
  });
  figure.append(button, note);
}

/** Fill a slot with a part of the paper that has its own address, once it is nearly seen. */
function fill(slot) {
  const observer = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    const answer = await fetch(slot.dataset.fragment).catch(() => null);
    if (!answer?.ok) return; // The heading above it is a link to the same list.
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const link of page.querySelectorAll("li > a"))
      if (link.pathname === location.pathname) link.parentElement.remove(); // It is being read.
    slot.replaceChildren(...page.body.childNodes);
  }, { rootMargin: "600px" });
  observer.observe(slot);
}

function resize(step) {
  const now = SIZES.indexOf(document.documentElement.style.fontSize || SIZES[1]);
  const size = SIZES[Math.min(SIZES.length - 1, Math.max(0, now + step))];
  document.documentElement.style.fontSize = size;
  try {
    localStorage.setItem(SIZE, size);
  } catch {
    // A browser that keeps nothing forgets the size with the page.
  }
}

function textSizes(tools) {
  for (const [step, sign, words] of [
    [-1, "A−", tools.dataset.smaller],
    [1, "A+", tools.dataset.larger],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.dir = "ltr"; // A sign stands behind its letter in every language.
    button.setAttribute("aria-label", `${sign} ${words}`); // who speaks to it says what is seen
    button.addEventListener("click", () => resize(step));
    tools.append(button);
  }
}

function copying(share) {
  const { copy, copied, url } = share.dataset;
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "unseen";
  button.addEventListener("click", async () => {
    const isCopied = await navigator.clipboard.writeText(url).then(() => true, () => false);
    if (!isCopied) return; // The browser asked the reader, who said no.
    button.textContent = said.textContent = copied;
    setTimeout(() => (button.textContent = copy), 4000);
  });
  item.append(button, said);
  share.querySelector("ul").append(item);
}

try {
  const kept = localStorage.getItem(SIZE);
  if (SIZES.includes(kept)) document.documentElement.style.fontSize = kept;
} catch {
  // As above.
}
relatives();
setInterval(relatives, 60000);
document.querySelectorAll("[data-player]").forEach(offer);
document.querySelectorAll("[data-fragment]").forEach(fill);
document.querySelectorAll(".tools").forEach(textSizes);
if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(copying);
