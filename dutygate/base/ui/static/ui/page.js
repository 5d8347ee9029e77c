// Small comforts; every page and every form works without them.
(function () {
  "use strict";
  document.documentElement.classList.add("js"); // what works only with it is shown from here on
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
    var copy = event.target.closest("[data-copy]");
    if (copy) {
      // The old way on purpose: the new one is closed to pages without HTTPS, as on most office networks.
      var range = document.createRange();
      range.selectNodeContents(document.getElementById(copy.dataset.copy));
      window.getSelection().removeAllRanges();
      window.getSelection().addRange(range);
      document.execCommand("copy");
      var said = copy.parentNode.querySelector("[data-copied]");
      if (said) { said.hidden = false; }
    }
  });
  // After a refusal the reader starts at the summary of what is wrong, not at the top of the page.
  document.addEventListener("DOMContentLoaded", function () {
    var summary = document.querySelector("[data-focus]");
    if (summary) { summary.focus(); }
  });
  // A large switch of many boxes: "all" ticks every box of its group.
  document.addEventListener("change", function (event) {
    var all = event.target.closest("[data-all]");
    if (all) {
      document.querySelectorAll('input[type="checkbox"][name="' + all.dataset.all + '"]').forEach(function (box) { box.checked = all.checked; });
    } else if (event.target.type === "checkbox" && !event.target.checked) {
      document.querySelectorAll('[data-all="' + event.target.name + '"]').forEach(function (box) { box.checked = false; });
    }
  });
})();
