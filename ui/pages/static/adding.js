// Progress of a file being sent, and of a publication. Without it, the pages work by plain forms.
"use strict";

function follow(state) {
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("suivi");
      if (next && next.innerHTML !== state.innerHTML) state.innerHTML = next.innerHTML;
      if (next && next.dataset.etat === "running") follow(state);
    } catch {
      follow(state); // the server may be busy: ask again
    }
  }, 1000);
}

function send(form) {
  const box = form.querySelector(".avance");
  const bar = box.querySelector("progress");
  const words = box.querySelector("span");
  const field = form.elements.fichier;
  const file = field.files[0];
  const button = form.querySelector("button");
  const say = (text, refused = false) => {
    box.hidden = false;
    box.classList.toggle("refus", refused);
    if (words.textContent !== text) words.textContent = text;
  };
  const refuse = (text) => {
    bar.hidden = true;
    button.disabled = false;
    field.value = "";
    say(text, true);
  };
  document.getElementById("faute")?.remove();
  if (!file) return;
  if (file.size > Number(field.dataset.max)) {
    refuse("Ce fichier dépasse 25 Mo : enregistrez-le sans ses images, ou découpez-le.");
    return;
  }
  const request = new XMLHttpRequest();
  button.disabled = true;
  bar.hidden = false;
  bar.value = 0;
  say(`Envoi de ${file.name}…`);
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  };
  request.upload.onload = () => {
    bar.removeAttribute("value");
    say("Lecture du fichier…");
  };
  request.onload = () => {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const fault = page.querySelector("#faute, main .avis");
    refuse(fault ? fault.textContent : "Le fichier n'a pas pu être envoyé : recommencez.");
  };
  request.onerror = () => refuse("Le serveur ne répond plus : vérifiez qu'il tourne, recommencez.");
  request.open("POST", form.action);
  request.send(new FormData(form));
}

const state = document.getElementById("suivi");
if (state) follow(state);
const form = document.querySelector("form.envoi");
if (form) {
  const field = form.elements.fichier;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  field.addEventListener("change", () => field.files.length && send(form));
  for (const name of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(name, (event) => {
      form.classList.toggle("vise", name === "dragover");
      if (name === "dragleave" || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (name === "drop") {
        field.files = event.dataTransfer.files;
        send(form);
      }
    });
  }
}
