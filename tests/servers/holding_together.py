"""
Says where a page does not hold together, as the browser laid it out.

A page holds together when it is no wider than its screen, no line of text leaves the screen,
is cut off, or lies on another, each picture stays within what holds it, nothing that is there to
be seen has no size, and the masthead and the footer are there. What scrolls in a box of its own (a
wide table) may be wider than the screen.
"""

from tests.servers.browser import Tab

# The boxes of capital letters reach over their line where lines stand close: only lines that
# share more than a third of their height lie on each other.
_FAULTS = """(() => {
  const room = document.documentElement.clientWidth;
  const faults = [];
  const named = (each) => `${each.tagName.toLowerCase()}.${each.getAttribute("class") ?? ""}`;
  const tell = (what, each, ...more) => faults.push([what, named(each), ...more].join(" "));
  const scrolls = (each) => ["auto", "scroll"].includes(getComputedStyle(each).overflowX);
  const isInScroller = (each) => {
    for (let box = each.parentElement; box && box !== document.body; box = box.parentElement)
      if (scrolls(box)) return true;
    return false;
  };
  const isHidden = (each) => !each.checkVisibility() || each.closest(".skip, .unseen");

  if (document.documentElement.scrollWidth > room) faults.push("wider than the screen: the page");
  for (const part of [".masthead", "main h1, main h2", ".foot"]) {
    const found = document.querySelector(part);
    if (!found || !found.getBoundingClientRect().height) faults.push(`not there: ${part}`);
  }
  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const holder = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || isHidden(holder) || holder.closest("script, style"))
      continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      if (isInScroller(holder)) continue;
      if (box.right > room + 1 || box.left < -1) tell("off the screen:", holder);
      lines.push({ box, holder });
    }
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  lines.forEach(({ box, holder }, place) => {
    for (let next = place + 1; next < lines.length; next += 1) {
      const other = lines[next];
      if (other.box.top >= box.bottom) break;
      if (other.holder === holder) continue;
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - other.box.top;
      if (across > 2 && down > Math.min(box.height, other.box.height) / 3)
        tell("lie on each other:", holder, named(other.holder));
    }
  });
  for (const each of document.querySelectorAll("body *")) {
    if (isHidden(each)) continue;
    const box = each.getBoundingClientRect();
    const style = getComputedStyle(each);
    if (box.width > 1 && (box.right > room + 1 || box.left < -1) && !isInScroller(each))
      tell("sticks out:", each);
    if (["hidden", "clip"].includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1)
      tell("cut off:", each);
    if (each.matches("img, figure, h1, h2, h3, p, li, button, table, svg, time") &&
        (box.width < 1 || box.height < 1))
      tell("of no size:", each);
    if (each.matches("img, svg.awaited")) {
      const holder = each.closest("figure, .card, .avatar, .author-card, main");
      const around = holder.getBoundingClientRect();
      if (box.left < around.left - 1 || box.right > around.right + 1)
        tell("outside what holds it:", each, named(holder));
    }
  }
  return [...new Set(faults)].slice(0, 12);
})()"""

_PARTS = (".masthead", "main", "h1", ".lead", ".body", ".table", ".foot")
# Where parts begin and how wide they are, in steps of 8 px: heights follow the fonts that a
# machine has, columns do not.
_COLUMNS = """parts => Object.fromEntries(parts.flatMap(part => {
  const found = document.querySelector(part);
  const box = found?.getBoundingClientRect();
  return found ? [[part, [box.left, box.width].map(each => Math.round(each / 8) * 8)]] : [];
}))"""


def faults_in(tab: Tab) -> list[str]:
    """Return what does not hold together on the page that is open."""
    return [str(each) for each in tab.run(_FAULTS)]


def columns_of(tab: Tab) -> dict[str, list[int]]:
    """Return where each main part of the page begins, and how wide it is, in steps of 8 px."""
    found: dict[str, list[int]] = tab.page.evaluate(_COLUMNS, list(_PARTS))
    return found
