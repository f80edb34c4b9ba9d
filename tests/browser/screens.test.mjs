// Every screen can be used by whoever listens to it: axe finds nothing serious or critical.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { answer, barriers, begin, Browser, enrol, invite, shows, world } from "./harness.mjs";

for (const [who, size] of [
  ["万春梅", { width: 360, height: 740 }],
  ["王立新", { width: 1280, height: 800 }],
]) {
  describe(`${who}, ${size.width}×${size.height}`, () => {
    let device;
    let page;
    let inspection;
    before(async () => {
      device = new Browser(size);
      page = await device.open();
      await page.goto(invite(who).link);
      await page.getByRole("button", { name: "登记" }).waitFor();
    });
    after(() => device.drop());

    async function open(path) {
      await page.goto(`${world.url}/#${path}`);
      await page.getByRole("main").or(page.getByRole("navigation")).first().waitFor();
      await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
    }
    async function isFree(name) {
      const found = await barriers(page);
      assert.deepEqual(found, [], name);
    }

    test("登记", async () => {
      await isFree("登记");
      await enrol(page, who);
      inspection = await begin(page);
      await answer(page, 0, "不符合").click();
      await shows(page, 0, "不符合");
      await isFree("检查");
    });
    for (const path of ["/today", "/inspect", "/inspect/start", "/inspect/join", "/findings", "/responsibility", "/me", "/me/devices", "/me/sync", "/me/refused", "/supervise"]) {
      test(path, async () => {
        await open(path);
        await isFree(path);
      });
    }
    test("/inspect/…/end", async () => {
      await open(`/inspect/${inspection}/end`);
      await isFree("结束");
    });
  });
}
