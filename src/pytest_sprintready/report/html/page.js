// The report is readable without this script. With it, views take turns, and rows can be sorted, searched and shared.
// What projects and forges say reaches the page as text nodes only; trusted types forbid anything else.
(async () => {
  "use strict";

  const ROWS = 100;
  const CARDS = 60;
  const ORDER = { ready: 0, nearly: 1, "not-yet": 2, unreadable: 3 };
  const VERDICT = { ready: "Ready", nearly: "Nearly ready", "not-yet": "Not yet ready", unreadable: "Could not be read" };
  const LEVELS = ["beginner", "easy", "intermediate", "advanced"];
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const plural = (number, noun) => `${number.toLocaleString()} ${noun}${number === 1 ? "" : "s"}`;

  // Building elements

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === false || value === null || value === undefined || value === "") continue;
      if (key === "href" && !/^(#|https?:\/\/)/i.test(value)) continue;
      if (key === "onclick") element.addEventListener("click", value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat(9).filter((child) => child || child === 0));
    return element;
  };
  const drawn = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const link = (href, ...children) => (href ? make("a", { href }, ...children) : make("span", {}, ...children));
  const inline = (text) => text.split(/`([^`]+)`/).map((part, odd) => (odd % 2 ? make("code", {}, part) : part));
  const status = (standing, text) =>
    make("span", { class: `status ${standing}` }, make("span", { class: "mark" }), text || VERDICT[standing]);
  const tag = (text, kind = "") => (text ? make("span", { class: `tag ${kind}` }, text) : "");
  const bdi = (text) => make("bdi", {}, text);

  const copyBox = (text, what = "Copy") => {
    const shown = make("pre", {}, make("code", {}, text));
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(text);
        say("Copied");
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(shown);
        say("Selected: press Ctrl or Command and C");
        button.textContent = "Ctrl+C";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 1600);
    };
    const button = make("button", { class: "copy", type: "button", onclick: copy, "aria-label": what }, "Copy");
    return make("div", { class: "copy-box" }, shown, button);
  };

  // Prose, and below it indented lines that are text to add.
  const prose = (text) => {
    const blocks = [];
    for (const line of text.split("\n")) {
      const code = /^\s/.test(line) && line.trim();
      const last = blocks.at(-1);
      if (code && last?.code) last.code.push(line);
      else if (code) blocks.push({ code: [line] });
      else if (line.trim()) blocks.push({ text: line });
    }
    return blocks.map((block) => {
      if (block.text) return make("p", {}, inline(block.text));
      const edge = Math.min(...block.code.map((line) => line.search(/\S/)));
      return copyBox(block.code.map((line) => line.slice(edge)).join("\n"), "Copy this text");
    });
  };

  const say = (text) => {
    find("#said").textContent = "";
    requestAnimationFrame(() => { find("#said").textContent = text; });
  };

  // What there is to show

  const read = async (node) => {
    if (node.type === "application/json") return JSON.parse(node.textContent);
    const bytes = Uint8Array.from(atob(node.textContent), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  };
  let page;
  try {
    page = await read(find("#data"));
  } catch (error) {
    find("#unreadable-data").hidden = false;
    throw error;
  }
  const projects = page.projects;
  const open = projects.flatMap((project) =>
    (project.issues || []).filter((issue) => issue.judgement === "good").map((issue) => ({ ...issue, project })));
  const byId = new Map(projects.map((project) => [project.id, project]));
  for (const project of projects) {
    project.takeable = project.issues ? project.issues.filter((issue) => issue.judgement === "good").length : null;
    project.text = [project.name, project.level, ...project.mentors, ...project.languages, project.lead, project.first]
      .join("\n").toLowerCase();
  }

  // The address after "#" says what is shown: "projects?status=ready&sort=-issues". It is kept while people type.

  const place = () => {
    const [view, query] = location.hash.slice(1).split("?");
    return { view: view || "overview", query: new URLSearchParams(query) };
  };
  const address = (view, form, extra = {}) => {
    const given = [...new FormData(form), ...Object.entries(extra)].filter(([, value]) => value);
    return `#${view}${given.length ? `?${new URLSearchParams(given)}` : ""}`;
  };
  const remember = (...shown) => history.replaceState(null, "", address(...shown));
  const restore = (form, query) => {
    for (const field of form.elements) {
      if (!field.name) continue;
      const value = query.get(field.name) || "";
      field.value = value;
      if (field.value !== value) field.value = "";
    }
  };
  const choices = (select, values) => {
    select.closest("label").hidden = values.length === 0;
    select.append(...values.map(([value, text]) => make("option", { value }, text)));
  };
  const distinct = (values) => [...new Set(values.filter(Boolean))].sort(words.compare).map((value) => [value, value]);

  // The table of projects

  const KEYS = {
    project: (project) => project.name,
    status: (project) => ORDER[project.status] * 1e4 + project.required,
    required: (project) => (project.status === "unreadable" ? null : project.required),
    recommended: (project) => (project.status === "unreadable" ? null : project.recommended),
    issues: (project) => project.takeable,
    green: (project) => (project.verify?.green ? project.verify.seconds : null),
  };
  const table = find("#projects-table");
  const tableForm = find("#projects form");
  const tableState = { sort: "", shown: ROWS, matching: projects };

  const figure = (value, extra = "") =>
    make("td", { class: `figure ${extra}` }, value === null ? make("span", { class: "none" }, "–") : value);
  const row = (project) =>
    make("tr", {},
      make("th", { scope: "row" }, make("a", { href: `#${project.id}` }, bdi(project.name)),
        project.mentors.length ? make("small", {}, bdi(project.mentors.join(", "))) : ""),
      make("td", {}, status(project.status)),
      figure(KEYS.required(project)),
      figure(KEYS.recommended(project), "middle"),
      figure(project.takeable, "middle"),
      make("td", { class: "figure wide" }, project.verify ? project.verify.short : make("span", { class: "none" }, "–")),
      make("td", { class: `first middle ${project.status === "ready" ? "soft" : ""}` }, inline(project.first)));

  const sorted = (rows, sort) => {
    const descending = sort.startsWith("-");
    const name = sort.replace("-", "");
    if (!Object.hasOwn(KEYS, name)) return rows;
    const key = KEYS[name];
    const way = descending ? -1 : 1;
    const keyed = rows.map((project) => [key(project), project]);
    keyed.sort(([a, first], [b, second]) => {
      if (a === b) return words.compare(first.name, second.name);
      if (a === null || b === null) return a === null ? 1 : -1; // what is not known comes last, either way
      return way * (typeof a === "number" ? a - b : words.compare(a, b));
    });
    return keyed.map(([, project]) => project);
  };

  const drawRows = () => {
    const { matching, shown, sort } = tableState;
    find("tbody", table).replaceChildren(...matching.slice(0, shown).map(row));
    for (const head of all("th[data-key]", table)) {
      const way = sort === head.dataset.key ? "ascending" : sort === `-${head.dataset.key}` ? "descending" : "none";
      head.setAttribute("aria-sort", way);
    }
    const rest = matching.length - shown;
    find("#projects .more").hidden = rest <= 0;
    if (rest > 0) find("#projects .more span").textContent = `${plural(rest, "further project")}`;
    find("#projects .scroll").hidden = matching.length === 0;
    find("#no-projects").hidden = matching.length > 0;
  };
  const lacking = (project, code) => project.mend.some((item) => item.code === code);
  const selectProjects = (announce) => {
    const { q, status: standing, lacks } = Object.fromEntries(new FormData(tableForm));
    const parts = (q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const matching = projects.filter((project) =>
      (!standing || project.status === standing) && (!lacks || lacking(project, lacks)) &&
      parts.every((part) => project.text.includes(part)));
    tableState.matching = sorted(matching, tableState.sort);
    tableState.shown = ROWS;
    drawRows();
    const all = matching.length === projects.length;
    const said = all ? plural(projects.length, "project") : `${matching.length.toLocaleString()} of ${plural(projects.length, "project")}`;
    find("#projects .count").textContent = said;
    if (announce) say(said);
  };
  const setUpTable = () => {
    for (const head of all("th[data-key]", table)) {
      const key = head.dataset.key;
      const text = head.textContent;
      head.replaceChildren(make("button", {
        class: "sort", type: "button",
        onclick: () => {
          const numeric = !["project", "status"].includes(key);
          const first = numeric && key !== "green" ? `-${key}` : key;
          const second = first.startsWith("-") ? key : `-${key}`;
          tableState.sort = tableState.sort === first ? second : first;
          tableState.matching = sorted(tableState.matching, tableState.sort);
          drawRows();
          remember("projects", tableForm, { sort: tableState.sort });
          say(`Sorted by ${text}, ${tableState.sort.startsWith("-") ? "descending" : "ascending"}`);
        },
      }, text));
    }
    choices(find("[name=lacks]", tableForm), page.lacking.map(({ code, count }) => [code, `${page.rules[code].title} (${count})`]));
    tableForm.addEventListener("input", () => {
      selectProjects(true);
      remember("projects", tableForm, { sort: tableState.sort });
    });
    tableForm.addEventListener("submit", (event) => event.preventDefault());
    find("#projects .more button").addEventListener("click", () => {
      const before = tableState.shown;
      tableState.shown += ROWS * 5;
      drawRows();
      find("tbody", table).rows[before]?.querySelector("a").focus();
    });
    // Arrows go from row to row where one has the focus.
    table.addEventListener("keydown", (event) => {
      const links = all("tbody th a", table);
      const at = links.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
      if (at < 0 || to === undefined || !links[to]) return;
      event.preventDefault();
      links[to].focus();
    });
  };

  // One project

  const steps = (project) =>
    make("ol", { class: "steps" }, project.steps.map((step) => make("li", {},
      make("h4", {}, step.title),
      step.note ? make("p", { class: "small soft" }, inline(step.note)) : "",
      step.purpose === "read" ? step.lines.map((line) => make("p", {}, link(line.href, bdi(line.command)))) : copyBox(step.lines.map((line) => line.command).join("\n"), `Copy: ${step.title}, ${project.name}`),
      sources(step.lines))));
  const sources = (lines) => {
    const seen = [...new Map(lines.filter((line) => line.place).map((line) => [line.place, line])).values()];
    if (!seen.length) return "";
    return make("p", { class: "small soft" }, "From ",
      seen.slice(0, 4).flatMap((line, index) => [index ? ", " : "", link(line.href, bdi(line.place))]),
      seen.length > 4 ? ` and ${seen.length - 4} more` : "");
  };
  const findings = (item) => make("ul", { class: "findings" }, item.findings.map((finding) => make("li", {},
    finding.place ? make("p", { class: "place" }, link(finding.href, bdi(finding.place))) : "",
    finding.message ? make("div", {}, prose(finding.message)) : "",
    finding.fix ? make("div", { class: "fix" }, prose(finding.fix)) : "")));
  const mend = (project) => {
    const optional = project.mend.filter((item) => page.rules[item.code].severity === "optional");
    const wanted = project.mend.filter((item) => !optional.includes(item));
    return make("div", { class: "mend-all" }, wanted.length ? mendList(wanted) : "",
      optional.length ? make("details", {}, make("summary", {}, `${plural(optional.length, "optional thing")}`), mendList(optional)) : "");
  };
  const mendList = (items) => make("ol", { class: "mend" }, items.map((item) => {
    const rule = page.rules[item.code];
    return make("li", { class: rule.severity }, make("div", {},
      make("h4", {}, inline(rule.title), " ", tag(rule.severity, rule.severity), " ", tag(item.code)),
      make("p", { class: "why" }, inline(item.broke || rule.why)),
      item.findings.length ? findings(item) : "",
      item.more ? make("p", { class: "small soft" }, `and ${item.more} more`) : "",
      item.fix ? make("div", { class: "fix" }, prose(item.fix)) : ""));
  }));
  const timeline = (verify) => make("ol", { class: "times" }, verify.steps.map((step) => make("li", { class: step.kind },
    step.label ? make("code", {}, step.label) : make("b", {}, "First green test"),
    make("span", { class: "number" }, step.time),
    drawn("svg", { "aria-hidden": "true" },
      drawn("rect", { x: `${step.start}%`, width: `${step.width}%`, height: "100%", rx: "4" })))));
  const tasks = (issues, note) => make("ul", { class: "tasks" }, issues.map((issue) => make("li", {},
    link(issue.href, bdi(issue.title)),
    note(issue) ? make("p", { class: "small soft" }, note(issue)) : "")));
  const issuesPanel = (project) => {
    if (!project.issues) return make("p", { class: "soft" }, inline(project.issuesProblem || page.issuesMissing));
    if (!project.issues.length) return make("p", { class: "soft" }, "No open issue is labelled for beginners.");
    const of = (judgement) => project.issues.filter((issue) => issue.judgement === judgement);
    const about = (issue) => [issue.level, ...issue.kinds, ...issue.skills, issue.shared, issue.age].filter(Boolean).join(" · ");
    const missing = (issue) => issue.lacks.join("; ");
    return [["good", "Can be taken now", about], ["nearly", "Nearly", missing], ["not-now", "Not now", missing]]
      .filter(([judgement]) => of(judgement).length)
      .map(([judgement, title, note]) => {
        const list = tasks(of(judgement), note);
        return judgement === "good" ? [make("h4", {}, title), list]
          : make("details", {}, make("summary", {}, `${title} (${of(judgement).length})`), list);
      });
  };
  const panel = (title, ...children) => make("section", { class: "panel" }, make("h3", {}, title), ...children);
  const known = (title, value) => (value ? make("div", {}, make("dt", {}, title), make("dd", {}, value)) : "");
  const drawProject = (project) => {
    const heading = make("h2", { class: "title", tabindex: "-1" }, bdi(project.name));
    const nothing = project.status === "unreadable"
      ? [make("p", {}, inline(project.problem)), project.hint ? make("p", { class: "soft" }, inline(project.hint)) : ""]
      : make("p", {}, "Nothing: every check that could tell is passed.");
    const shown = make("article", { class: "project" },
      make("a", { class: "back", href: listed }, "All projects"),
      make("header", {}, heading,
        make("p", {}, status(project.status, project.sentence)),
        make("dl", { class: "facts" },
          known("Repository", project.href ? make("a", { href: project.href }, bdi(project.href.replace(/^https?:\/\//, ""))) : ""),
          known("Judged at", project.revision ? link(project.revisionHref, make("code", {}, project.revision)) : ""),
          known("Commit of", project.committed),
          known("Level", project.level),
          known("Lead", project.lead ? bdi(project.lead) : ""),
          known(project.mentors.length === 1 ? "Mentor" : "Mentors", project.mentors.length ? bdi(project.mentors.join(", ")) : ""),
          known("Languages", project.languages.join(", "))),
        project.notes ? make("p", { class: "lead" }, bdi(project.notes)) : ""),
      make("div", { class: "parts" },
        make("div", {}, panel(project.status === "unreadable" ? "Why it was not judged" : "To mend, in this order", project.mend.length ? mend(project) : nothing,
          project.unsaid ? make("p", { class: "small soft" }, project.unsaid) : "")),
        make("div", {},
          panel("How a newcomer starts", project.steps.length ? steps(project) : make("p", { class: "soft" }, "Not known."),
            project.stuck.length ? make("p", { class: "small soft" }, "Stuck? ", project.stuck.flatMap((where, index) =>
              [index ? ", " : "", link(where.href, bdi(where.text))])) : ""),
          panel("Time to the first green test", project.verify
            ? [make("p", {}, project.verify.sentence), timeline(project.verify)]
            : make("p", { class: "soft" }, inline(project.recorded || page.verifyMissing))),
          panel("Issues for beginners", issuesPanel(project)))));
    find("#project").replaceChildren(shown);
    return heading;
  };

  // The board

  const boardForm = find("#board form");
  const boardState = { shown: CARDS, matching: open };
  const card = (issue) => {
    const { project } = issue;
    return make("li", { class: "card" },
      make("h3", {}, link(issue.href, bdi(issue.title))),
      make("p", { class: "from" }, make("a", { href: `#${project.id}` }, bdi(project.name)), issue.age ? `, ${issue.age}` : "",
        project.mentors.length ? [" · ask ", bdi(project.mentors.join(", "))] : ""),
      make("p", { class: "tags" }, tag(issue.level, "level"), issue.kinds.map((kind) => tag(kind)), issue.skills.map((skill) => tag(skill)),
        tag(issue.shared)),
      project.steps.length ? make("details", {}, make("summary", {}, "Set up and test"), steps({
        ...project, steps: project.steps.filter((step) => ["setup", "test"].includes(step.purpose)),
      })) : "");
  };
  const levelOf = (issue) => (LEVELS.indexOf(issue.level) + 9) % 9;
  const drawCards = () => {
    const { matching, shown } = boardState;
    find("#board-list").replaceChildren(...matching.slice(0, shown).map(card));
    const rest = matching.length - shown;
    find("#board .more").hidden = rest <= 0;
    if (rest > 0) find("#board .more span").textContent = plural(rest, "further issue");
    find("#no-cards").hidden = matching.length > 0 || open.length === 0;
  };
  const selectIssues = (announce) => {
    const wanted = Object.fromEntries(new FormData(boardForm));
    const parts = (wanted.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    boardState.matching = open.filter((issue) =>
      (!wanted.level || issue.level === wanted.level) &&
      (!wanted.kind || issue.kinds.includes(wanted.kind)) &&
      (!wanted.project || issue.project.id === wanted.project) &&
      (!wanted.language || issue.project.languages.includes(wanted.language)) &&
      (!wanted.mentor || issue.project.mentors.includes(wanted.mentor)) &&
      parts.every((part) => issue.text.includes(part)));
    boardState.shown = CARDS;
    drawCards();
    const number = boardState.matching.length;
    const said = number === open.length ? plural(number, "issue") : `${number.toLocaleString()} of ${plural(open.length, "issue")}`;
    find("#board .count").textContent = said;
    if (announce) say(said);
  };
  const setUpBoard = () => {
    for (const issue of open) {
      issue.text = [issue.title, issue.project.name, issue.level, ...issue.kinds, ...issue.skills].join("\n").toLowerCase();
    }
    open.sort((a, b) => levelOf(a) - levelOf(b) || (a.days ?? 1e9) - (b.days ?? 1e9) || words.compare(a.title, b.title));
    const option = (name, values) => choices(find(`[name=${name}]`, boardForm), values);
    option("level", distinct(open.map((issue) => issue.level)));
    option("kind", distinct(open.flatMap((issue) => issue.kinds)));
    option("language", distinct(open.flatMap((issue) => issue.project.languages)));
    option("mentor", distinct(open.flatMap((issue) => issue.project.mentors)));
    option("project", [...new Map(open.map(({ project }) => [project.id, project.name]))].sort((a, b) => words.compare(a[1], b[1])));
    boardForm.hidden = open.length === 0;
    find("#board .count").hidden = open.length === 0;
    boardForm.addEventListener("input", () => {
      selectIssues(true);
      remember("board", boardForm);
    });
    boardForm.addEventListener("submit", (event) => event.preventDefault());
    find("#board .more button").addEventListener("click", () => {
      const before = boardState.shown;
      boardState.shown += CARDS * 3;
      drawCards();
      find("#board-list").children[before]?.querySelector("a").focus();
    });
  };

  // One view at a time

  let listed = "#projects"; // with what was searched for, for the way back from a project

  const VIEWS = { overview: "Overview", projects: "Projects", board: "Sprint board" };
  const show = (focus) => {
    const { view, query } = place();
    const project = byId.get(view);
    if (project) listed = address("projects", tableForm, { sort: tableState.sort });
    const name = project ? "project" : Object.hasOwn(VIEWS, view) ? view : "overview";
    for (const section of all("main > section")) section.hidden = section.id !== name;
    for (const anchor of all(".top nav a")) {
      const target = anchor.hash.slice(1);
      if (target === name || (project && target === "projects")) anchor.setAttribute("aria-current", "page");
      else anchor.removeAttribute("aria-current");
    }
    let heading = find(`#${name} h2`);
    if (project) heading = drawProject(project);
    if (name === "projects") {
      restore(tableForm, query);
      tableState.sort = query.get("sort") || "";
      selectProjects(false);
    }
    if (name === "board") {
      restore(boardForm, query);
      selectIssues(false);
    }
    const title = project ? project.name : VIEWS[name];
    document.title = `${title} · ${page.title}`;
    if (focus) {
      scrollTo(0, 0);
      heading?.focus({ preventScroll: true });
    }
  };

  const setUpTheme = () => {
    const root = document.documentElement;
    const button = find(".theme");
    const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const label = () => { button.textContent = dark() ? "Light" : "Dark"; button.setAttribute("aria-label", `Switch to ${dark() ? "light" : "dark"} colours`); };
    button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; label(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
    label();
    button.hidden = false;
  };

  for (const element of all(".without-script")) element.remove();
  document.documentElement.classList.add("js");
  for (const element of all(".with-script")) element.hidden = false;
  setUpTheme();
  setUpTable();
  setUpBoard();
  addEventListener("hashchange", () => {
    const { view } = place();
    if (!view || Object.hasOwn(VIEWS, view) || byId.has(view)) show(true);
  });
  // What is printed is what was asked for, not the part of it that fits a screen.
  addEventListener("beforeprint", () => {
    const view = place().view;
    if (view === "projects") { tableState.shown = 2000; drawRows(); }
    if (view === "board") { boardState.shown = 1000; drawCards(); }
  });
  show(false);
  document.documentElement.dataset.shown = "yes";
})();
