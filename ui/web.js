// What the page does by itself. Gradio runs this once in each HTML component of the page (head, conversation, panel),
// with its `element`, its props, `trigger` (an event to Python) and `watch` (a prop changed). Every button says what it
// does in data-do.
const narrow = window.matchMedia("(max-width: 720px)");
const component = (place) => document.getElementById(place);
const desk = (window.newsdesk ??= { opener: null, close: () => {} });
const here = element.closest("[id=head], [id=conversation], [id=panel]")?.id;

const actions = {
  ask: (button) => {
    const box = component("question");
    const typed = box.querySelector("textarea");
    typed.value = button.dataset.question;
    typed.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => box.querySelector("button").click());
  },
  open: (button) => {
    desk.opener = { ...button.dataset };
    point();
    trigger("open", { ...button.dataset });
  },
  again: (button) => trigger("again", { question: button.closest(".edit").querySelector("textarea").value }),
  fresh: () => {
    desk.opener = null;
    trigger("fresh", {});
    component("question").querySelector("textarea")?.focus();
  },
  close: () => desk.close(),
  theme: () => {
    const dark = document.body.classList.toggle("dark");
    localStorage.setItem("newsdesk-theme", dark ? "dark" : "light");
  },
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) actions[button.dataset.do]?.(button);
});

// The button that opened the panel. The conversation may have been drawn again since, so it is found by what it says.
function opener() {
  const same = (button) => Object.entries(desk.opener).every(([key, value]) => button.dataset[key] === value);
  return desk.opener && [...component("conversation").querySelectorAll("[data-do=open]")].find(same);
}

function point() {
  component("conversation").querySelectorAll("[aria-current]").forEach((button) => button.removeAttribute("aria-current"));
  opener()?.setAttribute("aria-current", "true");
}

if (here === "head") {
  const chosen = localStorage.getItem("newsdesk-theme");
  if (chosen) document.body.classList.toggle("dark", chosen === "dark");
}

if (here === "conversation") {
  element.setAttribute("role", "log");
  element.setAttribute("aria-label", "Conversation");
  const scrolled = component("conversation");
  let count = 0;
  let following = true;
  for (const moved of ["wheel", "touchmove"]) scrolled.addEventListener(moved, () => (following = false), { passive: true });
  // A new question comes to the top, and stays there while its answer grows, unless the reader moves.
  watch("value", () => {
    const exchanges = element.querySelectorAll(".exchange");
    if (exchanges.length !== count) following = true;
    count = exchanges.length;
    point();
    if (following && count) {
      const top = exchanges[count - 1].getBoundingClientRect().top - scrolled.getBoundingClientRect().top;
      scrolled.scrollTop += top;
    }
  });
}

if (here === "panel") {
  const panel = component("panel");
  panel.setAttribute("role", "complementary");
  panel.setAttribute("aria-label", "Article");
  const open = () => element.querySelector(".article");
  // On a phone the article lies over the conversation, which is then out of reach, and the way back closes it.
  const lay = () => (component("talk").inert = narrow.matches && Boolean(open()));
  const reveal = () => {
    lay();
    if (!open()) return;
    if (narrow.matches && !history.state?.article) history.pushState({ ...history.state, article: true }, "");
    (element.querySelector("h2") ?? element.querySelector(".close")).focus({ preventScroll: true });
    const quoted = element.querySelector("mark.strong");
    if (quoted) quoted.scrollIntoView({ block: "center" });
    else panel.scrollTop = 0;
  };
  const clear = () => {
    if (!open()) return;
    props.value = "";
    component("talk").inert = false;
    opener()?.focus();
    desk.opener = null;
    point();
  };
  desk.close = () => {
    if (history.state?.article) history.back();
    else clear();
  };
  watch("value", reveal);
  document.addEventListener("newsdesk:opened", () => requestAnimationFrame(reveal)); // also when it was open already
  document.addEventListener("keydown", (event) => event.key === "Escape" && open() && desk.close());
  window.addEventListener("popstate", clear);
  narrow.addEventListener("change", lay);
}
