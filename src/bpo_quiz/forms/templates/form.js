
"use strict";
(function () {
  // What a person ticks is kept in this browser under the catalogue's fingerprint, and turned into an answer file on
  // their word. The page itself asks for nothing from anywhere: its Content-Security-Policy forbids it.
  const at = (id) => document.getElementById(id);
  const form = at("form");
  const place = ["bpo-quiz form", form.dataset.catalogue, form.dataset.client || ""].join(" ").trim();
  const groups = Array.from(form.querySelectorAll("fieldset"));
  const items = groups.filter((group) => group.dataset.item !== undefined);
  const abouts = groups.filter((group) => group.dataset.about !== undefined);
  let unsaved = false;

  const inputs = (group) => Array.from(group.querySelectorAll("input"));
  const ticked = (group) => inputs(group).filter((input) => input.checked);
  const values = (group) => ticked(group).map((input) => JSON.parse(input.value));
  const isMissing = (group) => ticked(group).length === 0;
  const say = (words) => { at("said").textContent = words; };

  // ---- what this browser keeps ----
  let store = null;
  try {
    store = window.localStorage;
    store.setItem(place + " try", "1");
    store.removeItem(place + " try");
  } catch (error) {
    store = null;
  }

  function keep() {
    const kept = {};
    form.querySelectorAll("input:checked").forEach((input) => {
      kept[input.name] = (kept[input.name] || []).concat(input.value);
    });
    try {
      store.setItem(place, JSON.stringify({ ticked: kept, alias: at("alias").value }));
    } catch (error) {
      store = null;
    }
    at("forgetful").hidden = store !== null;
  }

  function takeUp() {
    let kept = null;
    try {
      kept = JSON.parse(store.getItem(place));
    } catch (error) {
      kept = null;
    }
    if (kept === null || typeof kept !== "object" || typeof kept.ticked !== "object") {
      return;
    }
    form.querySelectorAll("input[type=radio], input[type=checkbox]").forEach((input) => {
      const values = kept.ticked[input.name];
      input.checked = Array.isArray(values) && values.indexOf(input.value) >= 0;
    });
    at("alias").value = form.dataset.client || String(kept.alias || "");
  }

  // ---- what the page shows ----
  function show() {
    abouts.filter((group) => group.dataset.asked !== undefined).forEach((group) => {
      group.hidden = !Object.entries(JSON.parse(group.dataset.asked)).every(([key, wanted]) =>
        abouts.some((other) => other.dataset.about === key && !other.hidden &&
          ticked(other).some((input) => wanted.includes(input.value))));
    });
    const missing = items.filter(isMissing);
    const done = items.length - missing.length;
    at("bar").value = done;
    at("count").textContent = done + " of " + items.length + " answered";
    at("complete").hidden = missing.length > 0;
    list(missing);
    at("text").value = text();
  }

  function list(missing) {
    // Only when it has changed: the focus may be on its way to one of the links.
    const numbers = missing.map((group) => group.dataset.number).join(" ");
    if (at("missing").dataset.numbers !== numbers) {
      at("missing").dataset.numbers = numbers;
      at("missing").replaceChildren(...missing.map(link));
    }
  }

  function link(group) {
    const entry = document.createElement("li");
    const to = document.createElement("a");
    const words = document.createElement("span");
    to.href = "#" + group.id;
    to.textContent = group.dataset.number;
    words.className = "unseen";
    words.textContent = ": " + group.querySelector(".prompt").textContent;
    to.append(words);
    to.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(group);
    });
    entry.append(to);
    return entry;
  }

  function goTo(group) {
    (ticked(group)[0] || inputs(group)[0]).focus();
    group.scrollIntoView({ block: "nearest" });
  }

  function changed() {
    const before = at("bar").value;
    unsaved = true;
    show();
    keep();
    at("outcome").textContent = at("copied").textContent = "";
    const done = at("bar").value;
    if (done !== before && (done % 10 === 0 || done === items.length)) {
      say(at("count").textContent);
    }
  }

  // ---- the answer file ----
  function record() {
    const answers = {};
    const about = {};
    items.forEach((group) => {
      if (!isMissing(group)) {
        answers[group.dataset.item] = values(group)[0];
      }
    });
    abouts.filter((group) => !group.hidden).forEach((group) => {
      const told = values(group).filter((value) => value !== null);
      const [key, part] = group.dataset.about.split(".");
      if (told.length > 0 && part !== undefined) {
        about[key] = Object.assign(about[key] || {}, { [part]: told[0] });
      } else if (told.length > 0 && key === "where") {
        if (told[0] === "none") {
          about.current_role = told[0];
        }
      } else if (told.length > 0 && group.dataset.several !== undefined) {
        const some = told.filter((value) => value !== "none");
        if (key !== "languages") {
          about[key] = some;
        } else if (some.length === 0) {
          about[key] = {};  // the levels say which languages
        }
      } else if (told.length > 0) {
        about[key] = told[0];
      }
    });
    const whose = form.dataset.client ? { id: form.dataset.client } : {};
    return { format: form.dataset.format, ...whose, form: "full", catalogue: form.dataset.catalogue, answers: answers, about: about };
  }

  function text() {
    return JSON.stringify(record(), null, 1) + "\n";
  }

  function fileName() {
    const word = at("alias").value.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    return "bpo-quiz-answers" + (word ? "-" + word : "") + ".json";
  }

  at("save").addEventListener("click", () => {
    const file = document.createElement("a");
    file.href = URL.createObjectURL(new Blob([text()], { type: "application/json" }));
    file.download = fileName();
    file.hidden = true;
    document.body.append(file);
    file.click();
    file.remove();
    setTimeout(() => URL.revokeObjectURL(file.href), 60000);
    unsaved = false;
    const left = items.filter(isMissing).length;
    at("outcome").textContent = "Saved as " + fileName() + (left ? ", with " + left + " left out" : "") +
      ". Now send this file to your counsellor. If no file was saved, copy the answers as text.";
    say(at("outcome").textContent);
  });

  at("copy").addEventListener("click", () => {
    const done = () => {
      unsaved = false;
      at("copied").textContent = "Copied. Now paste it into a message.";
      say(at("copied").textContent);
    };
    const byHand = () => {
      at("text").focus();
      at("text").select();
      if (document.execCommand("copy")) {
        done();
      } else {
        at("copied").textContent = "The text is marked: copy it yourself.";
        say(at("copied").textContent);
      }
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(at("text").value).then(done, byHand);
    } else {
      byHand();
    }
  });

  // ---- clearing ----
  at("clear").addEventListener("click", () => {
    if (at("sure").showModal) {
      at("sure").showModal();
    } else if (window.confirm(at("sure-title").textContent)) {
      clearAll();
    }
  });
  at("keep").addEventListener("click", () => at("sure").close());
  at("clear-all").addEventListener("click", () => {
    at("sure").close();
    clearAll();
  });

  function clearAll() {
    form.reset();
    show();
    unsaved = false;
    try {
      store.removeItem(place);
    } catch (error) {
      store = null;
    }
    at("outcome").textContent = at("copied").textContent = "";
    goTo(groups[0]);
    say("All answers are cleared.");
  }

  // ---- keys ----
  form.addEventListener("keydown", (event) => {
    const group = event.target.closest("fieldset");
    if (group === null || event.altKey || event.ctrlKey || event.metaKey || !/^[0-9]$/.test(event.key)) {
      return;
    }
    const passes = (input) => input.dataset.pass !== undefined;
    const input = event.key === "0"
      ? inputs(group).find(passes)
      : inputs(group).filter((one) => !passes(one))[Number(event.key) - 1];
    if (input === undefined) {
      return;
    }
    event.preventDefault();
    input.checked = input.type === "radio" || !input.checked;
    input.focus();
    changed();
    if (input.type === "radio" && !event.repeat) {
      const shown = groups.filter((one) => !one.hidden);
      const next = shown[shown.indexOf(group) + 1];
      if (next === undefined) {
        at("save").focus();
      } else {
        goTo(next);
      }
    }
  });

  // ---- begin ----
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => {
    if (store === null && unsaved) {
      event.preventDefault();
    }
  });
  at("asleep").hidden = true;
  at("keys").hidden = form.hidden = false;
  takeUp();
  show();
  at("forgetful").hidden = store !== null;
})();
