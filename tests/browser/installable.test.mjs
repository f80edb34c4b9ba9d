// A phone's browser offers to install the app: its manifest is whole and nothing stands in the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, kept, world } from "./harness.mjs";

let phone;
before(() => {
  phone = new Browser();
});
after(() => phone.drop());

test("Chromium finds nothing against installing it", async () => {
  const page = await phone.open();
  await page.goto(world.url);
  await kept(page);
  const session = await phone.context.newCDPSession(page);
  const manifest = await session.send("Page.getAppManifest");
  assert.equal(new URL(manifest.url).pathname, "/app.webmanifest");
  assert.deepEqual(manifest.errors, []);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, []);
});
