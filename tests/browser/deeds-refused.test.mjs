// What was not accepted: orders written without a network while their unit loses the power to order. Each
// says why, loses nothing, and has ways out.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { hazard, Seat, TIMES } from "./deeds.mjs";
import { barriersInAnyLight, Person, world } from "./harness.mjs";

const seats = [];
let wan;
before(async () => {
  wan = await Person.joined("万春梅");
  await Promise.all(
    TIMES.map(async ({ locale, size }, n) => {
      await hazard(wan, `第 ${n + 1} 扇防火门打不开`);
      const seat = await Seat.opened(size, locale);
      seats[n] = seat;
      await seat.enrol("王立新");
    }),
  );
});
after(async () => {
  for (const seat of seats) await seat?.browser.drop();
  wan?.drop();
});

/** The office takes the power to order from 东关街道; the relay has it a moment later. */
async function unpowered() {
  const folder = mkdtempSync(join(tmpdir(), "xunan-office-"));
  const file = join(folder, "单位.csv");
  writeFileSync(file, "单位名称,层级,上级单位（属地）,责令整改权限\n东关街道办事处,乡镇（街道）,青石区人民政府,\n");
  execFileSync(world.relay, ["import", "--data", world.folder, file]);
  rmSync(folder, { recursive: true });
  const { rows } = await wan.ask("Findings", { filter: { query: "防火门", states: [], site: null, overdue: false, major: false, mine: false, offset: 0, limit: 1 } });
  await wan.sees(async () => (await wan.ask("Finding", { id: rows[0].id })).actions.find((action) => action.kind === "ordered")?.refused);
}

/** An order that nobody hears of yet. */
async function ordered(seat, n) {
  await seat.go("/findings");
  const row = seat.page.getByRole(seat.wide ? "button" : "link", { name: new RegExp(`第 ${n + 1} 扇`, "u") });
  await row.waitFor();
  await seat.browser.context.setOffline(true);
  await row.click();
  await seat.press("findings.act.ordered");
  const sheet = seat.part("dialog", "findings.act.ordered");
  await sheet.the("radio", "findings.field.in_days", { n: 7 }).click();
  await sheet.press("findings.do.ordered");
  await sheet.where.waitFor({ state: "hidden" });
}

test("an order that its unit may no longer give comes back, with ways out", async () => {
  for (const [n, seat] of seats.entries()) await ordered(seat, n);
  await unpowered();
  for (const seat of seats) {
    await seat.browser.context.setOffline(false);
    await seat.go("/today");
    await seat.page.getByRole("link", { name: new RegExp(seat.say("today.task.not_accepted"), "u") }).first().click();
    await seat.the("heading", "refused.open", { n: 1 }).waitFor();
    await seat.page.getByRole("main").getByRole("link").first().click();
    await seat.the("heading", "refused.ways").waitFor();
    await seat.page.getByText(seat.say("errors.permit.no_power")).waitFor();
    assert.deepEqual(await barriersInAnyLight(seat.page), []);
    await seat.page.getByRole("radio", { name: seat.begins("refused.way.comment.title") }).click();
    await seat.press("refused.way.comment.press");
    await seat.the("heading", "refused.done", { n: 1 }).waitFor();
    await seat.page.getByText(seat.say("refused.way.comment.done")).first().waitFor();
  }
});
