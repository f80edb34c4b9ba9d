// A supervisor's morning by keyboard alone: forty findings ordered, forty re-checked, every key counted.
// The second officer is chosen once and remembered from then on.
import assert from "node:assert/strict";
import { act, ask, at, day, enrolAll, launch, report, windowOf } from "./browser.mjs";

const FORTY = 40;
/** So many keys one finding may take. */
const AT_MOST = 3;
let keys = 0;

async function press(page, key) {
  keys += 1;
  await page.keyboard.press(key);
}

/** How many findings of one state there are on the supervisor's device. */
async function inState(state) {
  const states = [state];
  return (await ask("wang", "Findings", { filter: { states, limit: 100 } })).total;
}

/** Waits until the heading of the list says a group and a number. */
async function headed(page, words) {
  await page.getByRole("heading", { level: 1, name: words, exact: true }).waitFor();
}

/** Does the same for each finding of the group, which becomes one shorter each time. */
async function each(page, group, work) {
  for (let left = FORTY; left > 0; left--) {
    await headed(page, `${group} ${left}`);
    const before = keys;
    await work(left);
    assert.ok(keys - before <= AT_MOST, `${keys - before} keys for one finding`);
  }
}

const browser = await launch();
try {
  await enrolAll();
  const start = await ask("wan", "Start", { near: null });
  const row = start.planned.find((planned) => planned.site.short === "恒源化工");
  const people = (await ask("wan", "Site", { site: row.site.id })).people;
  const safety = people.find((person) => person.kind === "safety_officer");
  for (let n = 1; n <= FORTY; n++) {
    await report("wan", { site: row.site.id, text: `第 ${n} 处隐患`, due: day(7), who: safety.id });
  }
  await ask("wan", "Sync", {});
  await ask("wang", "Sync", {});

  const context = await windowOf(browser, { width: 1280, height: 800, scale: 1 });
  const page = await at(context, "wang", "/supervise");
  await headed(page, `还没责令 ${FORTY}`);

  // Next and previous go through the list and stay at its ends.
  const place = page.getByText(`1/${FORTY}`, { exact: true });
  await place.waitFor();
  await page.keyboard.press("j");
  await page.getByText(`2/${FORTY}`, { exact: true }).waitFor();
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await place.waitFor();

  // The first: the second officer is chosen with the keyboard, too.
  let partner = "";
  await each(page, "还没责令", async (left) => {
    await press(page, "o");
    const sheet = page.getByRole("dialog", { name: "责令整改" });
    await sheet.waitFor();
    const second = sheet.getByRole("radiogroup", { name: /一起的执法人员/ });
    if (left === FORTY) {
      const other = second.getByRole("radio").last();
      partner = (await other.innerText()).trim();
      await other.focus();
      await page.keyboard.press("Space");
      await other.and(page.locator("[aria-checked=true]")).waitFor();
      // What follows is what every further one takes.
      await sheet.focus();
      await page.keyboard.press("Control+Enter");
    } else {
      assert.equal((await second.getByRole("radio", { checked: true }).innerText()).trim(), partner, "the second officer is remembered");
      await press(page, "Enter");
    }
    await sheet.waitFor({ state: "hidden" });
  });
  assert.equal(await inState("ordered"), FORTY);
  console.log(`forty ordered: ${keys} keys`);
  assert.ok(keys <= AT_MOST * FORTY);

  // The last one is taken back and given again.
  await page.keyboard.press("z");
  await page.getByRole("button", { name: /还没责令 1$/ }).waitFor();
  assert.equal(await inState("ordered"), FORTY - 1);
  await page.getByRole("button", { name: /还没责令 1$/ }).click();
  await headed(page, "还没责令 1");
  await page.keyboard.press("o");
  await page.getByRole("dialog", { name: "责令整改" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(await inState("ordered"), FORTY);

  // What could still be undone goes by itself once it can't.
  await page.getByText(/项待同步$/).waitFor({ state: "detached" });
  await ask("safety", "Sync", {});
  const ordered = await ask("safety", "Findings", { filter: { states: ["ordered"], limit: 100 } });
  assert.equal(ordered.total, FORTY, "what was ordered by keys has arrived at the site");
  for (const { id } of ordered.rows) await act("safety", id, "rectified", { text: "已整改" });
  await ask("safety", "Sync", {});
  await ask("wang", "Sync", {});

  keys = 0;
  await page.getByRole("button", { name: `待复查 ${FORTY}` }).click();
  // What is done at once is done with what one sees.
  await each(page, "待复查", async () => {
    await page.getByRole("button", { name: /^复查通过/ }).waitFor();
    await press(page, "p");
  });
  await page.getByRole("button", { name: /待复查 0$/ }).waitFor();
  console.log(`forty passed: ${keys} keys`);
  assert.equal(await inState("closed"), FORTY);
  await context.close();
} finally {
  await browser.close();
}
