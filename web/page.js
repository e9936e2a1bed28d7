/* page.js - what a page does beyond its links and forms, all of which work without it: keys, the time slider of the network, news of a
   ledger that grows, a picture to keep. Nothing is sent anywhere but to this server. */
"use strict";
(() => {
  const typing = (e) => /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey;
  const items = () => [...document.querySelectorAll("ul.feed > li")];
  let at = -1, going = false;

  /* ---- keys */
  function move(by) {
    const all = items();
    if (!all.length) return;
    if (all[at]) all[at].classList.remove("here");
    at = Math.max(0, Math.min(all.length - 1, at + by));
    all[at].classList.add("here");
    all[at].scrollIntoView({ block: "nearest" });
    const first = all[at].querySelector(".acts a");
    if (first) first.focus({ preventScroll: true });
  }
  function follow(text) {
    const row = items()[at] || document;
    const a = [...row.querySelectorAll("a")].find((x) => x.textContent === text);
    if (a) location.href = a.href;
  }
  function click(selector) {
    const a = document.querySelector(selector);
    if (a) location.href = a.href;
  }
  const keys = {
    "/": ["search", () => { location.href = "/search"; }],
    j: ["next row", () => move(1)],
    k: ["row before", () => move(-1)],
    e: ["evidence of the row", () => follow("evidence")],
    w: ["why it was read so", () => follow("why")],
    c: ["correct it", () => follow("correct")],
    "[": ["page or day before", () => click("a[rel=prev]")],
    "]": ["next page or day", () => click("a[rel=next]")],
    f: ["to the filters", () => { const x = document.querySelector("form.filter input"); if (x) x.focus(); }],
    y: ["copy the address of this page", () => navigator.clipboard && navigator.clipboard.writeText(location.href)],
    p: ["print", () => print()],
    "?": ["these keys", () => help()],
  };
  const pages = [...document.querySelectorAll("nav a[data-key]")];
  function help() {
    let d = document.getElementById("keys");
    if (!d) {
      d = document.createElement("dialog");
      d.id = "keys";
      d.setAttribute("aria-label", "Keys");
      const list = document.createElement("dl");
      const row = (key, what) => {
        const dt = document.createElement("dt"), dd = document.createElement("dd"), kbd = document.createElement("kbd");
        kbd.textContent = key;
        dt.append(kbd);
        dd.textContent = what;
        list.append(dt, dd);
      };
      for (const k of Object.keys(keys)) row(k, keys[k][0]);
      for (const a of pages) row("g " + a.dataset.key, a.textContent);
      const close = document.createElement("button");
      close.textContent = "Close";
      close.addEventListener("click", () => d.close());
      d.append(list, close);
      document.body.append(d);
    }
    if (!d.open) d.showModal();
  }
  document.addEventListener("keydown", (e) => {
    if (typing(e)) return;
    if (going) {
      going = false;
      const a = pages.find((x) => x.dataset.key === e.key);
      if (a) location.href = a.href;
      return;
    }
    if (e.key === "g") { going = true; setTimeout(() => { going = false; }, 1500); return; }
    if (e.key === "Escape") return;
    if (keys[e.key]) { e.preventDefault(); keys[e.key][1](); }
  });

  /* ---- the day of the network, by a slider: first and last day stand in the page */
  const time = document.querySelector("[data-first][data-last]");
  const on = document.querySelector("form.filter input[name=on]");
  if (time && on) {
    const day = (s) => Date.parse(s + "T00:00:00Z") / 864e5, iso = (n) => new Date(n * 864e5).toISOString().slice(0, 10);
    const label = document.createElement("label"), range = document.createElement("input"), out = document.createElement("output");
    range.type = "range";
    range.min = day(time.dataset.first);
    range.max = day(time.dataset.last);
    range.value = day(on.value || time.dataset.on || time.dataset.last);
    out.textContent = iso(+range.value);
    range.addEventListener("input", () => { out.textContent = iso(+range.value); });
    range.addEventListener("change", () => { on.value = iso(+range.value); on.form.submit(); });
    label.className = "long";
    label.append("day of the network ", out, range);
    time.append(label);
  }

  /* ---- a picture to keep */
  for (const svg of document.querySelectorAll("figure svg, svg.map, svg.net")) {
    const b = document.createElement("a");
    b.href = "#";
    b.className = "small twins";
    b.textContent = "Keep the picture (SVG)";
    b.addEventListener("click", (e) => {
      e.preventDefault();
      const copy = svg.cloneNode(true), from = svg.querySelectorAll("*"), to = copy.querySelectorAll("*");
      for (let i = 0; i < from.length; i++) {
        const s = getComputedStyle(from[i]);
        for (const k of ["fill", "stroke", "opacity", "fill-opacity", "stroke-opacity", "stroke-width", "stroke-dasharray", "font-size", "font-family", "text-anchor"])
          to[i].setAttribute(k, s.getPropertyValue(k));
      }
      copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
      const a = document.createElement("a");
      a.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
      a.download = "tightrope.svg";
      a.click();
      URL.revokeObjectURL(a.href);
    });
    svg.after(b);
  }

  /* ---- a ledger that grows: told, never forced on who is reading */
  if (window.EventSource) {
    const source = new EventSource("/api/v1/live");
    let first = null;
    source.addEventListener("ledger", (e) => {
      const now = JSON.parse(e.data);
      if (first === null) { first = now.documents; return; }
      let box = document.getElementById("live");
      if (!box) {
        box = document.createElement("p");
        box.id = "live";
        box.setAttribute("role", "status");
        document.body.append(box);
      }
      const more = now.documents - first, a = document.createElement("a");
      a.href = location.href;
      a.textContent = "Show it";
      a.addEventListener("click", (x) => { x.preventDefault(); location.reload(); });
      box.replaceChildren(more > 0 ? `${more} more document${more === 1 ? "" : "s"}. ` : "The ledger has changed. ", a);
    });
    addEventListener("pagehide", () => source.close());
  }
})();
