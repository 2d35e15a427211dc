// Suggestions as one types, and "/" to search: a combobox after the ARIA practices. While
// an input method composes a word, no key is taken and no text changed.
(() => {
  const input = document.getElementById("q");
  const list = document.getElementById("suggestions");
  if (!input) return;
  document.addEventListener("keydown", e => {
    const at = document.activeElement;
    if (e.key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && !e.isComposing &&
        !(at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)))) {
      e.preventDefault();
      input.focus();
      input.select();
    }
  });
  if (!list) return;

  let typed = input.value, chosen = -1, timer, request;
  const mark = i => {
    for (const [n, item] of [...list.children].entries())
      item.setAttribute("aria-selected", n === i);
    chosen = i;
    if (i < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[i].id);
  };
  const show = words => {
    list.replaceChildren(...words.map((word, i) => {
      const item = document.createElement("li");
      item.id = "suggestion-" + i;
      item.setAttribute("role", "option");
      item.textContent = word;
      return item;
    }));
    list.hidden = !words.length;
    input.setAttribute("aria-expanded", words.length > 0);
    mark(-1);
  };
  const stop = () => {
    clearTimeout(timer);
    if (request) request.abort();
  };
  const close = () => {
    stop();
    show([]);
  };
  const ask = async () => {
    stop();
    typed = input.value;
    if (typed.trim().length < 2) return show([]);
    const mine = request = new AbortController();
    try {
      const answer = await fetch("?suggest=" + encodeURIComponent(typed), {signal: mine.signal});
      const words = answer.ok ? (await answer.json())[1] : [];
      if (mine === request && !mine.signal.aborted && document.activeElement === input) show(words);
    } catch {}
  };
  const move = step => {
    const n = list.children.length;
    mark((chosen + 1 + step + n + 1) % (n + 1) - 1);
    input.value = chosen < 0 ? typed : list.children[chosen].textContent;
  };

  input.addEventListener("input", () => {
    stop();
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", e => {
    if (e.isComposing || e.keyCode === 229) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (list.hidden) ask();
      else move(e.key === "ArrowDown" ? 1 : -1);
    } else if (e.key === "Escape" && !list.hidden) {
      e.preventDefault();
      input.value = typed;
      close();
    }
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", stop);
  list.addEventListener("pointerdown", e => e.preventDefault());
  list.addEventListener("click", e => {
    const item = e.target.closest("li");
    if (!item) return;
    input.value = item.textContent;
    input.form.requestSubmit();
  });
})();
