// Filters the cases. Without it, all are listed.
const form = document.querySelector("#filter");
const cases = [...document.querySelectorAll(".case")];
const texts = new Map();

function holds(one, words) {
  if (!texts.has(one)) texts.set(one, one.textContent.toLowerCase());
  return words.every((word) => texts.get(one).includes(word));
}

function filter() {
  const { kind, tag, words } = Object.fromEntries(new FormData(form));
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  for (const one of cases) {
    const { kinds, tags } = one.dataset;
    const fits = (!kind || kinds.split(" ").includes(kind)) && (!tag || tags.split(" ").includes(tag));
    one.hidden = !(fits && holds(one, wanted));
  }
  const shown = cases.filter((one) => !one.hidden).length;
  document.querySelector("#shown").textContent = `${shown} of ${cases.length}`;
}

function openAll(open) {
  for (const one of cases) one.open = open && !one.hidden;
}

function openTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const one = target && target.closest(".case");
  if (!one) return;
  one.hidden = false;
  one.open = true;
  target.scrollIntoView();
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("#open-all").addEventListener("click", () => openAll(true));
  document.querySelector("#close-all").addEventListener("click", () => openAll(false));
  for (const link of document.querySelectorAll("[data-tag]")) {
    link.addEventListener("click", () => {
      form.elements.tag.value = link.dataset.tag;
      filter();
    });
  }
  addEventListener("hashchange", openTarget);
  filter();
  openTarget();
}
