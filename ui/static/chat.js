/* Repères: keyboard and scrolling help around the chat. Works without eval (security policy). */
(() => {
  "use strict";
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scrollTo = (element, block) =>
    element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

  const show = (link) => {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return false;
    const group = target.closest("details");
    if (group) group.open = true;
    for (const former of document.querySelectorAll(".active")) former.classList.remove("active");
    target.classList.add("active");
    link.classList.add("active");
    scrollTo(target, target.classList.contains("carte") ? "nearest" : "start");
    target.focus({ preventScroll: true });
    return true;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.appel, a.retour");
    if (link && show(link)) event.preventDefault();
  });

  /* A new question, then its answer, comes into view; the state of the answer is read out. */
  let shown = "";
  const follow = () => {
    const state = document.getElementById("etat");
    if (state && !state.hasAttribute("role")) state.setAttribute("role", "status");
    const all = document.querySelectorAll("#conversation .echange");
    const last = all[all.length - 1];
    const key = last ? last.id + (last.querySelector(".en-cours") ? "" : " answered") : "";
    if (last && key !== shown) scrollTo(last, "start");
    shown = key;
  };
  document.documentElement.lang = "fr";
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
  follow();
})();
