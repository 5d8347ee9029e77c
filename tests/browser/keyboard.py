"""A page with the keyboard alone: Tab comes to everything that can be used, and one sees where one is (WCAG 2.1.1, 2.1.2, 2.4.7)."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import Page

SUBFIELDS: Final = 12
"""Year, month, day and calendar of a field for a day are four stops, a table that scrolls is one."""
BEGIN: Final = """() => {
  const used = "a[href], button, input:not([type=hidden]), select, textarea, summary, [data-hx-trigger*=click], [role=button], [role=tab]";
  const seen = (e) => e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true });
  const own = (e) => e.tabIndex >= 0 && !e.disabled;
  // Of a group of answers one is come to, the others with the arrows.
  const answered = (e) => document.querySelector(`input[type=radio][name="${CSS.escape(e.name)}"]:checked`);
  const chosen = (e) => e.type !== "radio" || !e.name || e.checked || !answered(e);
  const group = (e) => (e.type === "radio" && e.name ? `${e.form ? [...document.forms].indexOf(e.form) : ""} ${e.name}` : "");
  const meant = (e) => e.getAttribute("aria-hidden") !== "true";  // of a form: what Enter does, for nobody to press
  const place = (e) => e.outerHTML.slice(0, 140).replace(/\\s+/g, " ");
  const lost = [...document.querySelectorAll(used)].filter((e) => seen(e) && meant(e) && !e.disabled && e.tabIndex < 0).map(place);
  const wanted = [...document.querySelectorAll(used)].filter((e) => seen(e) && own(e) && chosen(e));
  const keyboard = { met: new Set(), groups: new Set(), blind: [] };
  window.__keyboard = keyboard;
  document.addEventListener("focusin", (event) => {
    const e = event.target;
    keyboard.met.add(e);
    if (group(e)) keyboard.groups.add(group(e));
    const style = getComputedStyle(e);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    if (!outlined && style.boxShadow === "none") keyboard.blind.push(place(e));
  });
  keyboard.missed = () => wanted.filter((e) => seen(e) && !keyboard.met.has(e) && !(group(e) && keyboard.groups.has(group(e)))).map(place);
  document.activeElement && document.activeElement.blur();
  return { count: wanted.length, lost };
}"""
END: Final = "() => ({ missed: window.__keyboard.missed(), blind: window.__keyboard.blind })"


def by_keyboard(page: Page) -> list[str]:
    """What is wrong with a page for somebody who has no mouse. Nothing is pressed but Tab."""
    begun: dict[str, Any] = page.evaluate(BEGIN)
    wrong = [f"not for the keyboard: {begun['lost'][:4]}"] if begun["lost"] else []
    ended: dict[str, Any] = {"missed": True}
    for more in (begun["count"] + 1, SUBFIELDS, begun["count"] + SUBFIELDS):
        if ended["missed"]:
            for _ in range(more):
                page.keyboard.press("Tab")
            ended = page.evaluate(END)
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")  # the way to the text covers the name again
    if ended["missed"]:
        wrong.append(f"Tab does not come to {len(ended['missed'])} of {begun['count']}: {ended['missed'][:4]}")
    if ended["blind"]:
        wrong.append(f"one does not see where one is: {ended['blind'][:4]}")
    return wrong
