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
    for (const state of document.querySelectorAll("#etat, #avis-etat"))
      if (!state.hasAttribute("role")) state.setAttribute("role", "status");
    const all = document.querySelectorAll("#conversation .echange");
    const last = all[all.length - 1];
    const key = last ? last.id + (last.querySelector(".en-cours") ? "" : " answered") : "";
    if (last && key !== shown) scrollTo(last, "start");
    shown = key;
  };

  /* Arrows go from one reason to the next, as in any group of radio buttons. */
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches("#avis-raison input")) return;
    event.preventDefault();
    const all = [...document.querySelectorAll("#avis-raison input")];
    const next = all[(all.indexOf(event.target) + step + all.length) % all.length];
    next.focus();
    next.click();
  });

  /* The form on an answer comes into view; once sent, the thanks take the focus that it had. */
  let opened = null;
  let said = null;
  let over = true;
  const opinion = () => {
    const title = document.querySelector("#avis-raison [data-testid=block-info]");
    if (!title || !document.getElementById("avis-envoyer")) opened = null;
    else if (title !== opened) {
      opened = title;
      title.closest("fieldset").setAttribute("aria-label", title.textContent.trim());
      scrollTo(document.getElementById("avis-formulaire"), "nearest");
    }
    const message = document.querySelector("#avis-etat p");
    const ended = !document.querySelector("#avis-choix, #avis-formulaire");
    if (message && (message !== said || ended !== over)) {
      scrollTo(message, "nearest");
      if (ended && document.activeElement === document.body) message.focus({ preventScroll: true });
    }
    said = message;
    over = ended;
  };
  document.documentElement.lang = "fr";
  const changed = () => {
    follow();
    opinion();
  };
  new MutationObserver(changed).observe(document.documentElement, { childList: true, subtree: true });
  changed();
})();
