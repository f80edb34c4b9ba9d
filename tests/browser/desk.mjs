// The desk's pictures: a sub-district's year, then every page of the desk, at the desk and on a phone;
// last every screen in every look.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, quiet, root, windowOf, world } from "./browser.mjs";
import { gallery, staged } from "./gallery.mjs";
import { lived } from "./year.mjs";

const folder = join(root, "docs/pictures");
mkdirSync(folder, { recursive: true });
const browser = await launch();

async function shot(who, path, name, { before, ...size } = {}) {
  const context = await windowOf(browser, size);
  const page = await context.newPage();
  await page.goto(`${world.people[who].page}/#${path}`);
  await quiet(page);
  if (before) await before(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

/** At the desk in light and dark, and on a phone. */
async function shots(who, path, name) {
  await shot(who, path, name, { width: 1280, height: 800, scale: 1.5 });
  await shot(who, path, `${name}-dark`, { width: 1280, height: 800, scale: 1.5, dark: true });
  await shot(who, path, `${name}-phone`);
}

try {
  await lived(browser);
  await shots("wang", "/plan", "plan");
  await shots("wang", "/dashboard", "dashboard");
  await shots("wang", "/tables/findings", "table-findings");
  await shots("wang", "/tables/inspections", "table-inspections");
  await shots("wang", "/units", "units");
  await shots("wang", "/letters", "letters");
  await shots("mao", "/dashboard", "dashboard-district");
  await shots("mao", "/plan", "plan-district");
  await shot("wang", "/responsibility", "desk-links");
  await shot("wang", "/supervise", "supervise", { width: 1280, height: 800, scale: 1.5 });
  await gallery(browser, await staged(browser));
} finally {
  await browser.close();
}
