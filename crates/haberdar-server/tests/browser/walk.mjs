// Walks through every view of the reading room in a browser. `node walk.mjs BINARY [--brief] [--shots FOLDER]`; see README.md.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [binary, ...rest] = process.argv.slice(2);
const shots = rest.includes("--shots") ? rest[rest.indexOf("--shots") + 1] : undefined;
// A phone in Turkish and light, a wide screen in English and dark, instead of everything with everything.
const brief = rest.includes("--brief");
// What xtask takes for "there is no browser to try it in".
const NO_BROWSER = 3;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

const faults = [];
const fault = (where, what) => { faults.push(`${where}: ${what}`); };

/** The demo's record and two reports that mean harm, served on a free port. */
async function open(folder) {
  const store = join(folder, "demo.db");
  for (const args of [["demo", "--store", store], ["add", here("hostile.jsonl"), "--store", store]]) {
    const done = spawnSync(binary, args, { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`${args.join(" ")}: ${done.stderr}`);
  }
  const server = spawn(binary, ["serve", "--store", store, "--addr", "127.0.0.1:0", "--decide", "--rate", "100000"]);
  const base = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (d) => {
      said += d;
      const at = said.match(/http:\/\/[0-9.:]+/);
      if (at) resolve(at[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { server, base };
}

async function views(base) {
  const api = async (path) => (await fetch(`${base}/api/v1/${path}`)).json();
  const id = async (list) => (await api(`${list}limit=1`)).rows[0].id;
  const articles = (await api("articles?limit=500")).rows;
  const one = (source) => articles.find((a) => a.source_id.includes(source)).id;
  const dyad = (await api("dyads?limit=1")).rows[0];
  const open = (await api("conflicts?limit=1")).rows[0].id;
  const story = (await api("stories?limit=500")).rows.sort((a, b) => b.articles.length - a.articles.length)[0].id;
  return {
    articles: articles.map((a) => a.id),
    hostile: ["hostile-1", "hostile-2"].map(one),
    list: {
      today: "/",
      events: "/events",
      "events-none": "/events?actor=nobody-at-all",
      event: `/events/${await id("events?order=sources&")}`,
      article: `/articles/${articles[0].id}`,
      "article-hostile": `/articles/${one("hostile-1")}`,
      "article-hostile-tr": `/articles/${one("hostile-2")}`,
      quotes: "/quotes",
      stories: "/stories",
      story: `/stories/${story}`,
      conflicts: "/conflicts",
      conflict: `/conflicts/${open}`,
      promises: "/promises",
      dyads: "/dyads",
      dyad: `/dyads/${dyad.a}:${dyad.b}`,
      network: "/network",
      map: "/map",
      "map-balance": "/map?show=balance",
      actor: "/actors/RUS",
      "actor-body": "/actors/NAT",
      who: "/who?q=foreign+minister+of+North+Korea",
      search: "/search?text=minister",
      paste: "/paste",
      about: "/about",
      missing: "/nothing-here",
    },
  };
}

/** What the browser says of a page that is open. */
async function look(page, where) {
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    const over = [...document.querySelectorAll("body *")].find((e) => !e.closest(".scroll") && e.getBoundingClientRect().right > root.clientWidth + 1);
    return root.scrollWidth > root.clientWidth ? (over?.outerHTML.slice(0, 120) ?? "something") : "";
  });
  if (wide) fault(where, `wider than the window: ${wide}`);
  const alien = await page.evaluate(() => document.querySelectorAll("main script, main iframe, main style, main img, main [onerror], main [onclick], main [onload], main [style], a[href^='javascript' i]").length);
  if (alien) fault(where, `${alien} foreign elements`);
}

async function judge(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const r = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return r.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)} (${v.nodes[0].failureSummary.split("\n")[1]?.trim()})`);
  });
  for (const v of found) fault(where, v);
}

/** Every marked word stands where the interface says, and every span of the interface is marked. */
async function positions(page, base, id) {
  const reading = await (await fetch(`${base}/api/v1/articles/${id}`)).json();
  const text = [...reading.text];
  await page.goto(`${base}/articles/${id}`);
  const marks = await page.evaluate(() => {
    const out = [];
    let at = 0;
    const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      const mark = n.parentElement.closest("mark");
      const length = [...n.data].length;
      if (mark) out.push({ start: at, end: at + length, words: n.data, classes: [...mark.classList], from: Number(mark.dataset.start), to: Number(mark.dataset.end) });
      at += length;
    }
    return { marks: out, length: at };
  });
  const where = `/articles/${id}`;
  if (marks.length !== text.length) fault(where, `${marks.length} code points shown of ${text.length}`);
  for (const m of marks.marks) {
    if (m.start !== m.from || m.end !== m.to || text.slice(m.from, m.to).join("") !== m.words) fault(where, `mark ${JSON.stringify(m)}`);
  }
  const spans = [
    ...reading.mentions.map((m) => [m.start, m.end, "person"]),
    ...reading.events.map((e) => [e.trigger.start, e.trigger.end, "act"]),
    ...reading.quotes.map((q) => [q.start, q.end, "quote"]),
    ...reading.dates.map((d) => [d.start, d.end, "date"]),
  ];
  for (const [start, end, kind] of spans.filter(([s, e]) => Number.isInteger(s) && e > s)) {
    const inside = marks.marks.filter((m) => m.classes.includes(kind) && m.start >= start && m.end <= end);
    const covered = inside.reduce((n, m) => n + m.end - m.start, 0);
    if (covered !== end - start) fault(where, `${kind} ${start}–${end}: ${covered} of ${end - start} code points are marked`);
  }
  return spans.length;
}

/** n and p step through acts and quotations and come back; in a field they are letters. */
async function keys(page, base, id) {
  const where = `/articles/${id} keys`;
  await page.goto(`${base}/articles/${id}`);
  const steps = await page.locator("a.walk").count();
  if (steps < 2) return fault(where, "nothing to walk through");
  const now = () => page.evaluate(() => ({
    focus: document.activeElement?.id ?? "",
    words: [...document.querySelectorAll("mark.now")].map((m) => m.textContent).join(),
    wanted: [...document.querySelectorAll("a.walk")].map((a) => a.hash.slice(1)),
  }));
  for (const [key, step] of [["n", 0], ["n", 1], ["p", 0], ["p", steps - 1], ["n", 0]]) {
    await page.keyboard.press(key);
    const at = await now();
    if (at.focus !== at.wanted[step] || !at.words) fault(where, `${key} leads to ${at.focus}, not ${at.wanted[step]} (${at.words})`);
  }
  await page.locator(".find input").focus();
  await page.keyboard.press("n");
  if ((await page.locator(".find input").inputValue()) !== "n") fault(where, "n in a field is no letter");
}

/** A decision about a conflict is made with the keyboard alone and then stands on the page. */
async function decide(page, base, path) {
  await page.goto(`${base}${path}`);
  await page.locator("form.decide input[type=radio]").first().focus();
  await page.keyboard.press("Space");
  await page.locator("form.decide textarea").fill("<b>seen</b> the transcript");
  await page.locator("form.decide input[name=by]").fill("Ece <script>alert(13)</script>");
  await page.locator("form.decide input[name=by]").press("Enter");
  await page.waitForURL((u) => !u.pathname.endsWith("/resolve"));
  if (!(await page.locator("main").innerText()).includes("<b>seen</b> the transcript")) fault(path, "the decision is not shown");
}

const folder = mkdtempSync(join(tmpdir(), "haberdar-browser-"));
let server;
let browser;
const begun = Date.now();
try {
  const room = await open(folder);
  server = room.server;
  browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] }).catch((e) => {
    console.error(`${browserPath} does not start: ${e.message.split("\n")[0]}`);
    server.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
    process.exit(NO_BROWSER);
  });
  const { list, articles, hostile } = await views(room.base);
  if (shots) mkdirSync(shots, { recursive: true });
  let pages = 0;
  const rounds = ["tr", "en"].flatMap((lang) => ["light", "dark"].flatMap((theme) => [390, 800, 1280, 1440].map((width) => ({ lang, theme, width }))))
    .filter(({ lang, theme, width }) => !brief || (lang === "tr" ? theme === "light" && width === 390 : theme === "dark" && width === 1440));
  const round = async ({ lang, theme, width }) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: lang, colorScheme: theme });
    const page = await context.newPage();
    let where = "";
    page.on("console", (m) => {
      if (["error", "warning"].includes(m.type()) && !m.text().includes("404 (Not Found)")) fault(where, `console: ${m.text()}`);
    });
    page.on("pageerror", (e) => fault(where, `script: ${e}`));
    page.on("dialog", (d) => { fault(where, `a dialog: ${d.message()}`); d.dismiss(); });
    page.on("request", (r) => { if (!r.url().startsWith(room.base) && !r.url().startsWith("data:")) fault(where, `asks ${r.url()}`); });
    for (const [name, path] of Object.entries(list)) {
      where = `${path} (${lang}, ${theme}, ${width})`;
      const answer = await page.goto(room.base + path);
      if (answer.status() !== (name === "missing" ? 404 : 200)) fault(where, `status ${answer.status()}`);
      if ((await page.getAttribute("html", "lang")) !== lang) fault(where, "not in the language that was asked for");
      await look(page, where);
      if (width >= 1280) {
        const lines = await page.evaluate(() => new Set([...document.querySelectorAll("nav a")].map((a) => Math.round(a.getBoundingClientRect().top))).size);
        if (lines !== 1) fault(where, `the sections take ${lines} lines`);
      }
      // What axe-core sees depends on the width and on the colours, hardly on the language.
      if (width === (lang === "tr" ? 390 : 1440)) await judge(page, where);
      if (shots && (lang === "en") === (theme === "light")) {
        await page.screenshot({ path: join(shots, `${name}-${lang}-${theme}-${width}.png`), fullPage: true });
      }
      pages += 1;
    }
    await context.close();
  };
  // Two at a time: a browser has more than one process, and so has the server.
  const next = () => (rounds.length ? round(rounds.shift()).then(next) : undefined);
  await Promise.all([next(), next()]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en" });
  const page = await context.newPage();
  page.on("dialog", (d) => { fault(page.url(), `a dialog: ${d.message()}`); d.dismiss(); });
  let spans = 0;
  for (const id of articles) spans += await positions(page, room.base, id);
  await keys(page, room.base, hostile[0]);
  await decide(page, room.base, list.conflict);
  console.log(`${pages} pages, ${spans} marked spans of ${articles.length} articles, ${Math.round((Date.now() - begun) / 1000)} s`);
} catch (e) {
  fault("the walk", e.stack ?? e);
} finally {
  await browser?.close();
  server?.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
const seen = [...new Set(faults)];
for (const f of seen.slice(0, 60)) console.error(f);
if (seen.length) console.error(`${seen.length} faults`);
process.exitCode = seen.length ? 1 : 0;
