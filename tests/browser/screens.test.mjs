// Every screen can be used by whoever listens to it, and read in every light: axe finds nothing serious or critical.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { answer, arrive, barriersInAnyLight, begin, Browser, enrol, invite, shows, world } from "./harness.mjs";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const ALL = ["/today", "/inspect", "/inspect/start", "/inspect/join", "/findings", "/responsibility", "/me", "/me/devices", "/me/sync", "/me/refused", "/me/help", "/me/say", "/me/about"];
const SUPERVISE = ["/supervise", "/plan", "/dashboard", "/tables/findings", "/tables/inspections", "/units", "/letters"];
/** Lists, and where a row of theirs leads. */
const ROWS = { "/responsibility": "#/number/", "/units": "#/units/", "/letters": "#/letters/", "/admin/lists": "#/admin/lists/" };
const ADMIN = ["/admin", "/admin/people", "/admin/print", "/admin/devices", "/admin/acts", "/admin/settings", "/admin/import", "/admin/lists"];

for (const [who, size, paths] of [
  ["万春梅", PHONE, [...ALL, "/supervise"]],
  ["王立新", DESK, [...ALL, ...SUPERVISE]],
  ["余卫东", PHONE, [...SUPERVISE, "/responsibility"]],
  ["郭洋", DESK, ADMIN],
  ["郭洋", PHONE, ADMIN],
]) {
  describe(`${who}, ${size.width}×${size.height}`, () => {
    let device;
    let page;
    before(async () => {
      device = new Browser(size);
      page = await device.open();
      await page.goto(invite(who).link);
      await page.getByRole("button", { name: "登记" }).waitFor();
      await isFree("登记");
      await enrol(page, who);
      // What is on its way already would arrive before anybody looks for it.
      await page.waitForURL((url) => url.hash === "#/today");
    });
    after(() => device.drop());

    async function open(path) {
      // Where it is already, none arrives.
      if (new URL(page.url()).hash === `#${path}`) await page.locator("main[aria-busy=false]").waitFor();
      else await arrive(page, () => page.goto(`${world.url}/#${path}`));
    }
    async function isFree(name) {
      assert.deepEqual(await barriersInAnyLight(page), [], name);
    }

    for (const path of paths) {
      test(path, async () => {
        await open(path);
        await isFree(path);
      });
    }
    for (const path of paths.filter((one) => one in ROWS)) {
      // At the desk a unit and its letters stand beside their list.
      if (size === DESK && ["/units", "/letters"].includes(path)) continue;
      test(`one of ${path}`, async () => {
        await open(path);
        await arrive(page, () => page.locator(`main a[href*="${ROWS[path]}"]`).first().click());
        assert.ok(new URL(page.url()).hash.startsWith(ROWS[path]), page.url());
        await isFree(`one of ${path}`);
      });
    }
    if (!paths.includes("/inspect/start")) return;
    test("an inspection with a hazard", async () => {
      await open("/today");
      const id = await begin(page);
      // The second of them joins the first; each has an item of their own.
      const item = size === PHONE ? 0 : 3;
      await answer(page, item, "不符合").click();
      await shows(page, item, "不符合");
      await isFree("检查");
      await page.getByRole("button", { name: "更多" }).click();
      await arrive(page, () => page.getByRole("link", { name: /^企业人员/u }).click());
      await isFree("企业人员");
      await page.goBack();
      const strip = page.getByRole("article").nth(item).getByRole("group", { name: "记隐患" });
      await strip.getByRole("button", { name: "记下隐患" }).click();
      const finding = page.getByRole("article").nth(item).getByRole("link", { name: /隐患 \d/ });
      const path = new URL(await finding.getAttribute("href"), world.url).hash.slice(1);
      for (const one of [`/inspect/${id}/end`, `/inspect/${id}/record`, `/inspect/${id}/paper`, path, `${path}/papers`]) {
        await open(one);
        await isFree(one);
      }
    });
  });
}
