// A record whose changes end the core: tried twice, then set aside and told; everything else arrives, and work goes on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, begin, Browser, enrol, Person, shows, world } from "./harness.mjs";

const POISON = "这一条让应用结束";
const phone = new Browser({ serviceWorkers: "block" });
let starts = 0;
let xie;
before(async () => {
  xie = await Person.joined("谢红旗");
});
after(async () => {
  xie?.drop();
  await phone.drop();
});

/** Ends the worker in the middle of writing the poisoned record, as a panic would: nothing after it runs. */
function ending(words) {
  const poison = new TextEncoder().encode(words);
  const { write } = FileSystemSyncAccessHandle.prototype;
  const holds = (bytes) => {
    for (let at = bytes.indexOf(poison[0]); at >= 0; at = bytes.indexOf(poison[0], at + 1)) {
      if (poison.every((byte, n) => bytes[at + n] === byte)) return true;
    }
    return false;
  };
  FileSystemSyncAccessHandle.prototype.write = function (bytes, options) {
    if (holds(new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength))) {
      postMessage({ died: "poison" });
      for (;;);
    }
    return write.call(this, bytes, options);
  };
}

/** Every worker that runs the core is one that the record ends. */
async function poisoned(page) {
  await page.context().route(/\/assets\/device-[^/]*\.js$/u, async (route) => {
    starts += 1;
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${ending})(${JSON.stringify(POISON)});\n${await response.text()}` });
  });
}

test("a poisoned record is set aside, and nothing else is lost by it", async () => {
  const page = await phone.open();
  await poisoned(page);
  await enrol(page, "万春梅");
  await begin(page);
  await answer(page, 0, "符合").click();
  await shows(page, 0, "符合");
  assert.equal(starts, 1);

  const [site] = await xie.ask("Sites", { query: "恒源", near: null, limit: 1 });
  const report = (text) => ({
    from: null, item: null, site: site.site.id, place: null, complaint: false, text, location: "", level: "general",
    clause: null, basis: "", due: null, who: null, photos: [], loc: null, corrected: null,
  });
  for (const text of ["之前的一条", POISON, "之后的一条"]) await xie.ask("Report", report(text));
  await xie.ask("Sync", {});

  await page.goto(`${world.url}/#/findings`);
  for (const text of ["之前的一条", "之后的一条"]) await page.getByText(text).waitFor();
  assert.equal(await page.getByText(POISON).count(), 0);
  assert.equal(starts, 3, "it ended twice");

  await page.goto(`${world.url}/#/me/sync`);
  await page.getByText("1 条记录这一版打不开").waitFor();
  await page.goto(`${world.url}/#/today`);
  await page.getByRole("link", { name: /继续检查/ }).click();
  await shows(page, 0, "符合");
  await answer(page, 1, "符合").click();
  await shows(page, 1, "符合");
  assert.equal(starts, 3, "it goes on");
});
