/* Repères: the conversation stays in its tab (sessionStorage alone) and comes back on a reload.
   The tab shows again what it kept; the server is told only the turns that follow-ups need. */
(() => {
  "use strict";
  const KEY = "reperes-conversation";
  const MOST = 50; // exchanges shown again
  const TOLD = 20; // turns the server hears of
  const TOLD_CHARS = 30000;
  const byId = (id) => document.getElementById(id);
  const owner = () => document.querySelector('meta[name="personne"]')?.content;

  const forget = () => sessionStorage.removeItem(KEY);
  const sound = (one) =>
    one && Number.isInteger(one.number) && [one.memory, one.html, one.sources].every((part) => typeof part === "string");
  const read = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEY) || "null");
      if (found && found.owner === owner()) return found.all.filter(sound).slice(-MOST);
      forget(); // of somebody else, who has left
    } catch {
      // unreadable, or no memory is given to the page: it starts empty
    }
    return [];
  };
  const write = (all) => {
    for (let kept = all.slice(-MOST); kept.length; kept = kept.slice(1)) {
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ owner: owner(), all: kept }));
        return;
      } catch {
        // too long for the browser: the oldest goes
      }
    }
  };

  let kept = null; // what the tab held when the page opened, oldest first
  let emptied = false; // until the server has emptied what it shows
  let told = false;

  const numberOf = (article) => Number(article.id.replace("reponse-", ""));
  const live = () =>
    [...document.querySelectorAll("#conversation .echange")].filter((one) => !one.closest("#retrouvee"));
  const holder = (id, place, method, inside) => {
    let found = byId(id);
    if (found) return found;
    found = document.createElement("div");
    found.id = id;
    found.className = "prose";
    found.append(Object.assign(document.createElement("section"), { className: inside }));
    place[method](found);
    return found;
  };

  /* What the server answers since takes the place of what was kept under the same number. */
  const draw = (all) => {
    const first = all.length ? numberOf(all[0]) : Infinity;
    const shown = kept.filter((one) => one.number < first);
    if (!kept.length) {
      for (const id of ["retrouvee", "sources-retrouvees"]) byId(id)?.remove();
      document.documentElement.classList.remove("retrouve");
      return shown;
    }
    document.documentElement.classList.add("retrouve");
    const fil = holder("retrouvee", byId("conversation"), "prepend", "echanges");
    const side = holder("sources-retrouvees", byId("sources"), "append", "panneau");
    const state = `${shown.length} ${all.length > 0}`;
    if (fil.dataset.state === state && side.dataset.state === state) return shown;
    fil.dataset.state = side.dataset.state = state;
    fil.firstChild.classList.toggle("suivie", all.length > 0);
    const title = `<h2 class="hors-ecran">${WORDS.former}</h2>`;
    fil.firstChild.innerHTML = shown.length ? title + shown.map((one) => one.html).join("") : "";
    side.firstChild.innerHTML = shown.map((one) => one.sources).reverse().join("");
    const newest = !all.length && byId(`sources-${shown[shown.length - 1].number}`);
    if (newest) {
      newest.classList.remove("ancien");
      newest.open = true;
    }
    return shown;
  };

  const still = (element) => {
    const copy = element.cloneNode(true);
    for (const one of [copy, ...copy.querySelectorAll(".active")]) one.classList.remove("active");
    for (const one of copy.querySelectorAll(".dit")) one.textContent = "";
    return copy;
  };
  const snapshot = (article) => {
    const actions = article.nextElementSibling;
    const memory = actions?.matches(".actions") && actions.querySelector(".memoire");
    if (!memory) return null;
    const number = numberOf(article);
    const group = byId(`sources-${number}`);
    const sources = group ? still(group) : null;
    sources?.classList.add("ancien");
    sources?.removeAttribute("open");
    return {
      number,
      memory: memory.textContent,
      html: still(article).outerHTML + still(actions).outerHTML,
      sources: sources ? sources.outerHTML : "",
    };
  };
  let saved = "";
  const save = (shown, all) => {
    if (!all.length || emptied || document.querySelector("#conversation .en-cours")) return;
    const key = all.map((one) => one.id + one.nextElementSibling?.querySelector(".memoire")?.textContent).join();
    if (key === saved) return;
    saved = key;
    const fresh = all.map(snapshot).filter(Boolean);
    if (fresh.length) write([...shown, ...fresh]);
  };

  /* The server hears of the turns once its page is alive. */
  const tell = () => {
    if (told || !kept.length || !document.querySelector("#corpus p")) return;
    const field = document.querySelector("#souvenir :is(textarea, input)");
    const button = byId("retrouver");
    if (!field || !button) return;
    told = true;
    let turns = kept.slice(-TOLD).map((one) => one.memory);
    while (turns.length > 1 && turns.join().length > TOLD_CHARS) turns = turns.slice(1);
    field.value = `[${turns.join()}]`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => button.click(), 0);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("#effacer")) return;
    emptied = true;
    kept = [];
    forget();
  }, true);

  const changed = () => {
    if (!byId("conversation") || !byId("sources")) return;
    if (kept === null) kept = read();
    const all = live();
    if (!all.length || document.querySelector("#conversation .en-cours")) emptied = false;
    const shown = draw(all);
    save(shown, all);
    tell();
  };
  new MutationObserver(changed).observe(document.documentElement, { childList: true, subtree: true });
  changed();
})();
