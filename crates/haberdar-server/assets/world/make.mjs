// Writes world.tsv: for every state its outline in the Equal Earth projection as an SVG path of whole numbers, or, where the
// outline is too small to be seen or hit, a dot. `npm ci && npm run make`, in this folder.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEqualEarth, geoStream } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const iso = require("iso-3166-1");
const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-110m.json"), "utf8"));
const tables = new URL("../../../../data/world/", import.meta.url);
const table = (name) => {
  const [head, ...rows] = readFileSync(new URL(name, tables), "utf8").trimEnd().split("\n").map((l) => l.split("\t"));
  return rows.map((r) => Object.fromEntries(head.map((h, i) => [h, r[i] ?? ""])));
};

const WIDTH = 2000;
const projection = geoEqualEarth().precision(0.2);
// Antarctica has no foreign policy; without it the map may be larger.
const inhabited = { type: "MultiPoint", coordinates: [[-180, 0], [180, 0], [0, 83.6], [0, -56]] };
projection.fitWidth(WIDTH, { type: "Sphere" });
const bounds = inhabited.coordinates.map((c) => projection(c));
const top = Math.min(...bounds.map((b) => b[1])) - 4;
const HEIGHT = Math.ceil(Math.max(...bounds.map((b) => b[1])) - top + 8);

// Shapes without a number in the atlas; they get the code under which the tables know them.
const WITHOUT_NUMBER = { Kosovo: "XKX", "N. Cyprus": "", Somaliland: "" };

/** Rings of whole numbers; points that fall together are one. */
function rings(shape) {
  const out = [];
  let ring = [];
  let open = false;
  geoStream(shape, projection.stream({
    point(x, y) {
      const p = [Math.round(x), Math.round(y - top)];
      const last = ring[ring.length - 1];
      if (!open) { open = true; ring = [p]; } else if (last[0] !== p[0] || last[1] !== p[1]) ring.push(p);
    },
    lineStart() { open = false; },
    lineEnd() { if (ring.length > 2) out.push(ring); ring = []; },
    polygonStart() {},
    polygonEnd() {},
    sphere() {},
  }));
  return out;
}

/** The shortest relative form: `M12 34l5-6 7 8z`. */
function path(all) {
  const join = (numbers) => numbers.map((n, i) => (i && n >= 0 ? ` ${n}` : `${n}`)).join("");
  return all
    .map((ring) => {
      const steps = ring.slice(1).flatMap((p, i) => [p[0] - ring[i][0], p[1] - ring[i][1]]);
      return `M${join(ring[0])}l${join(steps)}z`;
    })
    .join("");
}

const size = (all) => Math.max(...all.map((ring) => {
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}), 0);

const shapes = feature(atlas, atlas.objects.countries).features;
const lines = [];
const drawn = new Map();
for (const shape of shapes) {
  const name = shape.properties.name;
  if (name === "Antarctica") continue;
  const found = shape.id ? iso.whereNumeric(shape.id)?.alpha3 : WITHOUT_NUMBER[name];
  if (found === undefined) throw new Error(`no code for ${shape.id} ${name}`);
  const all = rings(shape);
  lines.push([found || "-", "area", path(all)]);
  if (found) drawn.set(found, size(all));
}
// What the atlas leaves out, and what is smaller than a finger, is a dot at its capital as well.
for (const row of table("codes.tsv")) {
  if (!row.latitude || !row.longitude || row.iso3 === "ATA" || drawn.get(row.iso3) > 14) continue;
  const [x, y] = projection([Number(row.longitude), Number(row.latitude)]);
  lines.push([row.iso3, "dot", `${Math.round(x)} ${Math.round(y - top)}`]);
}
lines.sort((a, b) => (a[1] === b[1] ? (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) : a[1] < b[1] ? -1 : 1));
const head = [
  "# Outlines of states in the Equal Earth projection, made by make.mjs out of world-atlas 2.0.2 (ISC), which is made out of",
  "# Natural Earth's 1:110m data (public domain); dots are capitals of data/world/codes.tsv.",
  `# box\t${WIDTH} ${HEIGHT}`,
];
writeFileSync(new URL("world.tsv", import.meta.url), head.concat(lines.map((l) => l.join("\t"))).join("\n") + "\n");
console.log(`${lines.filter((l) => l[1] === "area").length} areas, ${lines.filter((l) => l[1] === "dot").length} dots, ${WIDTH} × ${HEIGHT}`);
