// What the checks want to know of a page, found in one go. Called as a function with no argument, gives plain data.
() => {
  const seen = (e) => e.getClientRects().length > 0;
  const text = (e) => (e ? e.textContent.trim() : "");
  const named = (e) => {
    if ([...(e.labels || [])].some((label) => text(label))) return true;
    if ((e.getAttribute("aria-label") || "").trim()) return true;
    return (e.getAttribute("aria-labelledby") || "").split(/\s+/).some((id) => id && text(document.getElementById(id)));
  };
  const place = (e) => e.outerHTML.slice(0, 160).replace(/\s+/g, " ");
  const all = [...document.querySelectorAll("body *")];
  const inputs = [...document.querySelectorAll("input, select, textarea")].filter((e) => !["hidden", "submit", "button", "image", "reset"].includes(e.type));
  const ids = new Map();
  document.querySelectorAll("[id]").forEach((e) => ids.set(e.id, (ids.get(e.id) || 0) + 1));
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((e) => Number(e.tagName[1]));
  const sign = (e) => e.tagName.toLowerCase() + [...e.classList].sort().map((c) => "." + c).join("");
  const attributes = (e) => [...e.attributes].map((a) => a.name).filter((n) => n === "role" || n.startsWith("aria-") || n === "type" || n === "disabled" || n === "open").sort().join(",");
  // Where each piece stands first, where it can be seen if it is anywhere: axe may be asked to look there alone.
  const pieces = new Map();
  const shown = new Set();
  all.forEach((e) => {
    const piece = sign(e.parentElement) + ">" + sign(e) + "[" + attributes(e) + "]";
    if (!pieces.has(piece) || (!shown.has(piece) && seen(e))) pieces.set(piece, e);
    if (seen(e)) shown.add(piece);
  });
  window.__pieces = pieces;
  const width = document.documentElement.clientWidth;
  const wide = all.filter((e) => seen(e) && e.getBoundingClientRect().right > width + 1);
  return {
    title: document.title.trim(),
    lang: document.documentElement.lang,
    h1: document.querySelectorAll("h1").length,
    skipped: levels.filter((level, i) => i > 0 && level > levels[i - 1] + 1),
    unlabelled: inputs.filter((e) => !named(e)).map(place),
    unnamed: [...document.querySelectorAll("button, a[href]")].filter((e) => !text(e) && !named(e) && !e.title).map(place),
    twice: [...ids].filter(([, n]) => n > 1).map(([id]) => id),
    inline: all.filter((e) => [...e.attributes].some((a) => a.name.startsWith("on") || a.name === "style")).map(place),
    scripts: [...document.querySelectorAll("script:not([src]), body style")].filter((e) => e.tagName === "STYLE" || !/json/.test(e.type)).map(place),
    broken: [...document.images].filter((e) => e.complete && !e.naturalWidth && seen(e)).map(place),
    over: document.documentElement.scrollWidth - width,
    beyond: document.documentElement.scrollWidth > width ? wide.slice(-4).map(place) : [],
    shape: [...pieces.keys()],
  };
}
