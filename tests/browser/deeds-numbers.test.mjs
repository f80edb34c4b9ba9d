// What the desk and the responsible read: numbers with their records, the plan, tables, units, letters.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { before, test } from "node:test";
import { everywhere, hazard } from "./deeds.mjs";
import { Person } from "./harness.mjs";

/** A site each time that the story is told: its planned visit is changed. Each has one ahead, or late, in every month. */
const SITES = ["恒源化工", "精工模具", "东关加油站", "东关小学扩建"];

/** Rows of a workbook's only sheet: entries of the zip are found by its directory at the end. */
function rowsOf(workbook) {
  const end = workbook.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  let at = workbook.readUInt32LE(end + 16);
  for (let left = workbook.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, name, extra, note] = [workbook.readUInt32LE(at + 20), ...[28, 30, 32].map((from) => workbook.readUInt16LE(at + from))];
    if (/sheet1\.xml$/u.test(workbook.toString("utf8", at + 46, at + 46 + name))) {
      const from = workbook.readUInt32LE(at + 42);
      const start = from + 30 + workbook.readUInt16LE(from + 26) + workbook.readUInt16LE(from + 28);
      const bytes = workbook.subarray(start, start + packed);
      const sheet = workbook.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
      return sheet.toString("utf8").match(/<row[ >]/gu).length;
    }
    at += 46 + name + extra + note;
  }
  throw new Error("no sheet");
}

// Two hazards, before anybody looks.
before(async () => {
  const wan = await Person.joined("万春梅");
  for (const text of ["通道堆放物料", "灯罩脱落"]) await hazard(wan, text);
  wan.drop();
});

everywhere(["王立新"], (seats, { wide }) => {
  const site = SITES.shift();
  const seat = () => seats["王立新"];
  const main = () => seat().page.getByRole("main");
  /** In English a target is called by what it measures, in Chinese as its letter has it. */
  const named = (metric, letter) => new RegExp(`${letter}|${seat().say(`target.name.${metric}`)}`, "u");

  test("responsibility and number: a number opens, and each record that is left out of it", async () => {
    const wang = seat();
    await wang.enrol("王立新");
    await wang.go("/responsibility");
    await main().getByRole("link", { name: named("rectified_on_time", "按期整改率") }).first().click();
    await wang.the("heading", "number.left_out", { n: 2 }).waitFor();
    await wang.page.getByRole("button", { name: wang.begins("number.why.not_ordered") }).click();
    await main().getByRole("link", { name: /恒源化工/u }).first().click();
    await wang.at(/\/findings\//u);
  });

  test("number: its period is chosen, a record of it opens", async () => {
    const wang = seat();
    await wang.go("/responsibility");
    await main().getByRole("link", { name: named("plan_completion", "计划完成率") }).first().click();
    await main().getByRole("button", { expanded: false }).click();
    await wang.part("radiogroup", "number.period").where.getByRole("radio").last().click();
    await wang.the("heading", "number.counted").waitFor();
    await main().getByRole("link").first().click();
    await wang.at(/\/inspect\//u);
  });

  test("plan: a stand-in is named, a visit moved", async () => {
    const wang = seat();
    await wang.go("/plan");
    const offer = wang.the("button", "plan.change.open_for");
    const block = wang.page.locator("div").filter({ has: wang.page.getByText(site, { exact: true }) });
    const row = wide ? wang.page.getByRole("row", { name: new RegExp(site, "u") }) : block.filter({ has: offer }).last();
    const change = row.getByRole("button", { name: wang.say("plan.change.open_for") }).first();
    // At the desk the offer comes beside a visit that is looked at.
    if (wide) await change.locator("..").getByRole("link").hover();
    await change.click();
    const sheet = wang.part("dialog", "plan.change.title");
    const instead = sheet.where.getByRole("combobox").first();
    await instead.selectOption(await instead.getByRole("option").last().getAttribute("value"));
    // In the year's last month there is none to move to.
    const months = sheet.part("radiogroup", "plan.change.month").where.getByRole("radio");
    if ((await months.count()) > 1) await months.nth(1).click();
    await sheet.text("plan.change.means").waitFor();
    await sheet.fill("plan.change.reason", "培训");
    await sheet.press("plan.change.title");
    await wang.page.getByRole("status").filter({ hasText: wang.say("plan.change.done") }).waitFor();
  });

  test("dashboard: a number opens its records", async () => {
    const wang = seat();
    await wang.go("/dashboard");
    await main().getByRole("link", { name: new RegExp(`^2\\s*${wang.say("dashboard.number.not_ordered")}`, "u") }).click();
    await wang.at(/\/tables\/findings/u);
    await wang.page.getByRole("button", { name: new RegExp(wang.say("tables.measure.not_ordered"), "u") }).waitFor();
    await wang.page.getByText("灯罩脱落").first().waitFor();
    await wang.page.getByText("通道堆放物料").first().waitFor();
  });

  test("tables: filtered, sorted, columns chosen, exported", async () => {
    const wang = seat();
    await wang.go("/tables/findings");
    const row = (words) => wang.page.getByText(words).first();
    await row("灯罩脱落").waitFor();
    await wang.the("combobox", "tables.finding.state").selectOption({ label: wang.say("findings.state.closed") });
    await wang.text("tables.none.findings").waitFor();
    await wang.the("combobox", "tables.finding.state").selectOption({ label: wang.say("tables.open") });
    await wang.the("searchbox", "tables.search.findings").fill("灯罩");
    await row("通道堆放物料").waitFor({ state: "hidden" });
    await wang.the("searchbox", "tables.search.findings").fill("");
    await row("通道堆放物料").waitFor();
    if (wide) {
      await wang.press("tables.finding.text");
      await wang.page.getByRole("columnheader", { name: wang.say("tables.finding.text") }).and(wang.page.locator("[aria-sort=ascending]")).waitFor();
      await wang.press("tables.columns");
      const sheet = wang.part("dialog", "tables.columns");
      await sheet.the("checkbox", "tables.finding.location").click();
      await sheet.press("kit.close");
      await wang.page.getByRole("columnheader", { name: wang.say("tables.finding.location") }).waitFor();
    } else assert.equal(await wang.the("button", "tables.columns").count(), 0);
    for (const kind of ["csv", "xlsx"]) {
      const saved = wang.page.waitForEvent("download");
      await wang.press(`tables.export_${kind}`);
      const bytes = readFileSync(await (await saved).path());
      const rows = kind === "csv" ? bytes.toString("utf8").trimEnd().split("\r\n").length : rowsOf(bytes);
      assert.equal(rows, 3, `${kind}: a heading and two findings`);
      await wang.page.getByRole("status").filter({ hasText: `.${kind}` }).waitFor();
    }
  });

  test("tables: the other one", async () => {
    const wang = seat();
    await wang.page.getByRole("tab", { name: wang.begins("tables.tab.inspections") }).click();
    await wang.at(/\/tables\/inspections$/u);
    await wang.text("tables.none.inspections").waitFor();
  });

  test("units and letters: found, and opened", async () => {
    const wang = seat();
    const row = (name) => wang.page.getByRole(wide ? "button" : "link", { name }).first();
    await wang.go("/units");
    await wang.the("searchbox", "units.search").fill("雷玉兰");
    await row(/恒源化工/u).click();
    await wang.at(/\/units\/[0-9a-f-]+$/u);
    await wang.page.getByText("雷玉兰").first().waitFor();
    await wang.page.getByRole("link", { name: "19900000077" }).waitFor();
    await wang.the("heading", "units.answering").waitFor();
    for (const ground of ["principal", "territory", "industry"]) await wang.text(`units.ground.${ground}`).waitFor();
    await wang.go("/letters");
    await wang.the("searchbox", "units.search_unit").fill("东关街道");
    await row(/东关街道/u).click();
    await wang.at(/\/letters\/[0-9a-f-]+$/u);
    await wang.page.getByRole("heading", { name: wang.say("number.letter") }).first().waitFor();
  });
});
