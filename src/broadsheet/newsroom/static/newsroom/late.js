// Shows a banner on every page of the desk while a story its reader may publish is late.
(() => {
    const url = document.currentScript.dataset.lateUrl;
    const EVERY_MS = 60_000;
    let banner = null;

    function show(late) {
        if (late.length === 0) {
            banner?.remove();
            banner = null;
            return;
        }
        if (banner === null) {
            banner = document.createElement("div");
            banner.className = "late-banner";
            banner.setAttribute("role", "alert");
            document.querySelector("main, .content-wrapper")?.prepend(banner);
        }
        const [first] = late;
        const link = document.createElement("a");
        link.href = first.url;
        link.textContent = first.headline;
        const others = late.length > 1 ? ` And ${late.length - 1} more.` : "";
        banner.replaceChildren("Not on time: ", link, ` ${first.sentence}.${others}`);
    }

    async function look() {
        if (document.hidden) return;
        try {
            const answer = await fetch(url, { headers: { Accept: "application/json" } });
            const type = answer.headers.get("content-type") ?? "";
            if (answer.ok && type.includes("json")) show((await answer.json()).late);
        } catch {
            // The desk is away for a moment; the next look will tell.
        }
    }

    // The first page lists them already, with their reasons.
    if (!document.querySelector("[data-newsroom-late]")) {
        look();
        setInterval(look, EVERY_MS);
    }
})();
