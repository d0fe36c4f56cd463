// Chromium, asked questions: a line of JSON on stdin is a question, a line on stdout its answer, in their order.
// `{ask, ...}` names one of the functions at the end; `browser.py` is the other side. Ends with its input.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { Marp } from "@marp-team/marp-core";
import puppeteer from "puppeteer-core";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = ["color-contrast", "link-in-text-block"];
const OFF = Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }]));
// As axe has it, but for one: what a style sheet puts before an element is an ornament, not what its text stands on.
const CONTRAST = {
  ignoreUnicode: true,
  ignoreLength: false,
  ignorePseudo: true,
  boldValue: 700,
  boldTextPt: 14,
  largeTextPt: 18,
  contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } },
  pseudoSizeThreshold: 0.25,
};
const A4 = { width: 794, height: 1123 };

const browser = await puppeteer.launch({
  executablePath: process.argv[2],
  args: [
    // Chromium refuses to shut root in; nothing but our own files is opened.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--font-render-hinting=none",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

const ADDRESS = "http://page.example/plans/index.html";
const page = await browser.newPage();
let shown = { contentType: "text/html; charset=utf-8", body: "" };
let asked = [];
await page.setBypassCSP(true); // axe has to get in
await page.setRequestInterception(true);
page.on("request", (request) => {
  if (request.url() === ADDRESS) {
    request.respond(shown);
  } else if (request.url().startsWith("data:")) {
    request.continue();
  } else {
    if (!request.url().endsWith("/favicon.ico")) asked.push(request.url());
    request.abort();
  }
});

// Show this text as a file of its own; what else it asks for is noted in `asked`, and not given.
async function open(text, { width = 1280, height = 900, scheme = "light", unfolded = false } = {}) {
  shown = { contentType: `${text.startsWith("<svg") ? "image/svg+xml" : "text/html"}; charset=utf-8`, body: text };
  asked = [];
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(ADDRESS, { waitUntil: "load" });
  if (unfolded) await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
}

// In the browser: text in pictures that runs out of them, stands over other text, or hardly differs from what is behind it.
// axe does not look there.
function inPictures() {
  // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance and #dfn-contrast-ratio
  const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((channel) => linear(channel / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const painted = (one) => {
    const { fill, fillOpacity, opacity, backgroundColor } = getComputedStyle(one);
    if (one instanceof SVGGeometryElement) return fill !== "none" && fillOpacity * opacity > 0.5 ? fill : null;
    return one instanceof HTMLElement && !backgroundColor.endsWith(", 0)") ? backgroundColor : null;
  };
  const box = (one) => one.getBoundingClientRect();
  const said = (one) => one.textContent.trim();
  const found = { texts: 0, outside: [], over: [], faint: [] };
  for (const picture of document.querySelectorAll("svg")) {
    const texts = [...picture.querySelectorAll("text")].filter(said);
    found.texts += texts.length;
    texts.forEach((one, at) => {
      const edge = box(picture);
      const { left, right, top, bottom } = box(one);
      if (left < edge.left || right > edge.right || top < edge.top || bottom > edge.bottom) {
        found.outside.push(said(one));
        return;
      }
      for (const other of texts.slice(at + 1)) {
        const that = box(other);
        const across = Math.min(right, that.right) - Math.max(left, that.left);
        const down = Math.min(bottom, that.bottom) - Math.max(top, that.top);
        if (across > 1 && down > (bottom - top) / 4) found.over.push(`${said(one)} | ${said(other)}`);
      }
      one.scrollIntoView({ block: "center", inline: "center" });
      const here = box(one);
      const { fill, fontSize, fontWeight } = getComputedStyle(one);
      const large = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
      for (const x of [here.left + 1, (here.left + here.right) / 2, here.right - 1]) {
        const behind = document.elementsFromPoint(x, (here.top + here.bottom) / 2).map(painted).find(Boolean) ?? "nothing";
        if (behind === "nothing" || contrast(fill, behind) < (large ? 3 : 4.5)) {
          found.faint.push(`${said(one)}: ${fill} on ${behind}`);
        }
      }
    });
  }
  return { ...found, faint: [...new Set(found.faint)] };
}

const questions = {
  // What axe has against a page, what it could not tell, whether the page is wider than the window, what it asked for.
  // `colours`: only these, which take most of the time; otherwise everything else.
  async look({ html, width, scheme, colours }) {
    await open(html, { width, scheme, unfolded: true });
    await page.evaluate(AXE);
    const seen = await page.evaluate(async (tags, only, off, contrast) => {
      window.axe.configure({ checks: [{ id: "color-contrast", options: contrast }] });
      const { violations, incomplete } = await window.axe.run({ exclude: ["svg *"] }, {
        runOnly: only ? { type: "rule", values: only } : { type: "tag", values: tags },
        rules: only ? {} : off,
        resultTypes: ["violations", "incomplete"],
      });
      const told = (found) =>
        found.flatMap(({ id, nodes }) => nodes.map((one) => `${id}: ${one.target.join(" ")}: ${one.failureSummary.replace(/\s+/g, " ")}`));
      const root = document.documentElement;
      const wide = [...document.querySelectorAll("body *")].filter(
        (one) => one.getBoundingClientRect().right > root.clientWidth + 1,
      );
      return {
        axe: told(violations),
        unsure: told(incomplete),
        over: root.scrollWidth - root.clientWidth,
        wide: root.scrollWidth > root.clientWidth ? wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 200)) : [],
      };
    }, TAGS, colours ? COLOURS : null, OFF, CONTRAST);
    return { ...seen, asked };
  },

  // Where the Tab key leads, in its order; what else could be reached by it; links within the page that lead nowhere.
  async keyboard({ html, width }) {
    await open(html, { width });
    const expected = await page.evaluate(() => {
      const shown = (one) => one.checkVisibility({ visibilityProperty: true });
      const marks = (one) => {
        const { outlineStyle, outlineWidth, boxShadow, backgroundColor, textDecorationLine } = getComputedStyle(one);
        const outline = outlineStyle === "none" || parseFloat(outlineWidth) === 0 ? "" : outlineStyle + outlineWidth;
        return { outline, rest: [boxShadow, backgroundColor, textDecorationLine].join() };
      };
      window.marks = marks;
      window.told = (one) => `${one.localName} ${(one.getAttribute("href") ?? one.textContent).trim().slice(0, 60)}`;
      window.reachable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter((one) => one.tabIndex >= 0 && shown(one))
        .map((one) => [one, marks(one)]);
      return window.reachable.map(([one]) => window.told(one));
    });
    const stops = [];
    for (let left = expected.length + 200; left > 0; left -= 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body || one.dataset.seen) return null;
        one.dataset.seen = "yes";
        const known = window.reachable.find(([other]) => other === one);
        const now = window.marks(one);
        const box = one.getBoundingClientRect();
        const visible = (now.outline || (known && known[1].rest !== now.rest)) && box.width > 1 && box.height > 1;
        const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        return { what: window.told(one), marked: Boolean(visible), inView };
      });
      if (!stop) break;
      stops.push(stop);
    }
    const nowhere = await page.evaluate(() =>
      [...document.querySelectorAll('a[href^="#"]')]
        .map((one) => decodeURIComponent(one.getAttribute("href").slice(1)))
        .filter((id) => !document.getElementById(id)),
    );
    return { expected, stops, nowhere };
  },

  // The page on paper: a PDF in base64.
  async print({ html }) {
    await open(html, A4);
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    return Buffer.from(pdf).toString("base64");
  },

  // The same of the pictures on a page, or of one that is a file of its own.
  async draw({ text, scheme }) {
    await open(text, { scheme, unfolded: true });
    const seen = await page.evaluate(inPictures);
    return { ...seen, asked };
  },

  // A presentation as Marp shows it: for each slide its first words, and by how many pixels it is too full.
  async show({ markdown }) {
    const { html, css } = new Marp({ inlineSVG: false, script: false, html: false }).render(markdown);
    const document_ = `<!doctype html><html><head><style>${css}</style></head><body>${html}</body></html>`;
    await open(document_, { width: 1280, height: 720 });
    const slides = await page.evaluate(() =>
      [...document.querySelectorAll("section")].map((one) => {
        // The last line has to stay clear of the edge, where the number of the page stands, as the others do.
        const { paddingBottom, paddingRight } = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        const inside = [...one.children].map((child) => child.getBoundingClientRect());
        const low = Math.max(0, ...inside.map((child) => child.bottom)) - (box.bottom - parseFloat(paddingBottom));
        const far = Math.max(0, ...inside.map((child) => child.right)) - (box.right - parseFloat(paddingRight));
        return {
          words: one.textContent.trim().split(/\s+/).slice(0, 6).join(" "),
          size: [Math.round(box.width), Math.round(box.height)],
          over: Math.ceil(Math.max(low, far, one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth)),
        };
      }),
    );
    return { slides, asked };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: await questions[ask](given) };
  } catch (error) {
    answer = { error: String(error.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
