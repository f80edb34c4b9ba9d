// A new version at the relay's address: offered, never forced.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, begin, Browser, enrol, kept, shows, world } from "./harness.mjs";

let phone;
before(() => {
  phone = new Browser();
});
after(() => phone.drop());

/** Changes a file that the relay serves; what was packed of the old one goes. */
function change(name, replace) {
  const path = join(world.app, name);
  writeFileSync(path, replace(readFileSync(path, "utf8")));
  for (const packed of [".br", ".gz"]) rmSync(path + packed, { force: true });
}

test("a new version waits through an inspection until its person takes it", async () => {
  const page = await phone.open();
  await enrol(page, "万春梅");
  await kept(page);
  await begin(page);
  await answer(page, 0, "符合").click();
  await shows(page, 0, "符合");

  change("index.html", (html) => html.replace("<title>", '<meta name="xunan-test" content="new" /><title>'));
  change("sw.js", (code) => code.replace(/xunan [0-9a-f]{16}/u, "xunan 0000000000000000"));
  const waits = page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const coming = registration.installing;
    if (coming) await new Promise((done) => coming.addEventListener("statechange", done));
    return registration.waiting !== null;
  });
  assert.equal(await waits, true);

  // The inspection goes on with the version that it began with, and a reload changes nothing.
  await answer(page, 1, "不符合").click();
  await shows(page, 1, "不符合");
  await page.reload();
  await shows(page, 1, "不符合");
  assert.equal(await page.locator("meta[name=xunan-test]").count(), 0);

  await page.goto(`${world.url}/#/today`);
  const taken = page.waitForEvent("load");
  await page.getByRole("status").filter({ hasText: "新版本" }).getByRole("button", { name: "现在更新" }).click();
  await taken;
  assert.equal(await page.locator("meta[name=xunan-test]").count(), 1);
  await page.getByRole("link", { name: /继续检查/ }).click();
  await shows(page, 0, "符合");
  await shows(page, 1, "不符合");
});
