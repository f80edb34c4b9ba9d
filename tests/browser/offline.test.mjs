// A phone opens the relay's address and has all of it, without a network too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, begin, Browser, enrol, kept, Person, shows, world } from "./harness.mjs";

let phone;
let wang;
before(async () => {
  phone = new Browser();
  wang = await Person.joined("王立新");
});
after(async () => {
  await phone.drop();
  wang.drop();
});

test("an inspection wholly offline, the browser ended in between, reaches a colleague", async (t) => {
  let page = await phone.open();
  await enrol(page, "万春梅");
  await kept(page);

  await phone.context.setOffline(true);
  const id = await begin(page);
  await answer(page, 0, "不符合").click();
  await shows(page, 0, "不符合");
  await answer(page, 1, "符合").click();
  await shows(page, 1, "符合");

  await phone.close();
  page = await phone.open();
  await phone.context.setOffline(true);
  const opened = performance.now();
  await page.goto(world.url);
  const unfinished = page.getByRole("link", { name: /继续检查/ });
  await unfinished.waitFor();
  t.diagnostic(`opened offline in ${Math.round(performance.now() - opened)} ms`);
  await unfinished.click();
  await shows(page, 0, "不符合");
  await shows(page, 1, "符合");
  await answer(page, 2, "符合").click();
  await shows(page, 2, "符合");

  await phone.context.setOffline(false);
  const online = performance.now();
  const values = await wang.sees(async () => {
    const view = await wang.ask("Inspection", { id }).catch(() => null);
    const items = view?.lists[0].sections.flatMap((section) => section.items) ?? [];
    return items[2]?.value && items.slice(0, 3).map((item) => item.value);
  });
  t.diagnostic(`arrived ${Math.round(performance.now() - online)} ms after the network`);
  assert.deepEqual(values, ["fail", "ok", "ok"]);
});
