// A finding's screens and the main act of each: reported, found, ordered, rectified, re-checked, on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { everywhere } from "./deeds.mjs";
import { photo, sheets } from "./harness.mjs";

const PEOPLE = ["王立新", "雷玉兰"];
let told = 0;

everywhere(PEOPLE, (seats, { wide }) => {
  told += 1;
  const words = `第 ${told} 个班组的应急灯不亮`;
  const state = (seat, name) => seat.page.getByRole("heading", { level: 2, name: seat.begins(`findings.state_long.${name}`) }).waitFor();
  const happened = (seat, kind) => seat.page.getByRole("main").getByText(seat.say(`findings.event.${kind}`)).first().waitFor();
  let id;

  /** An act of the finding in view: in the bar, or behind the button that has the rest. */
  async function act(seat, kind) {
    const own = seat.the("button", `findings.act.${kind}`);
    const more = seat.the("button", "findings.more");
    await own.or(more).first().waitFor();
    if (!(await own.first().isVisible())) await more.click();
    await own.first().click();
    return seat.part("dialog", `findings.act.${kind}`);
  }
  /** The supervisor's queue: a group of it, and in it the finding of this story. */
  async function queued(seat, group) {
    await seat.go("/supervise");
    await seat.page.getByRole(wide ? "button" : "tab", { name: seat.begins(`supervise.group.${group}`) }).click();
    await seat.page.getByRole(wide ? "button" : "link", { name: new RegExp(words, "u") }).click();
    await seat.page.getByText(words).first().waitFor();
  }
  /** At the desk by its key, on the phone by its button. */
  async function decide(seat, kind, key) {
    if (!wide) return act(seat, kind);
    await seat.the("button", `findings.act.${kind}`).waitFor();
    await seat.page.keyboard.press(key);
    return seat.part("dialog", `findings.act.${kind}`);
  }
  async function rectified(seat) {
    const sheet = await act(seat, "rectified");
    await sheet.fill("findings.field.text", "换了电池");
    await sheet.file("findings.field.photos").setInputFiles(await photo(seat.page, [320, 240]));
    await sheet.where.getByRole("img").first().waitFor();
    await sheet.press("findings.do.rectified");
    await state(seat, "rectified");
  }

  test("findings: reported from anywhere", async () => {
    const { 王立新: wang, 雷玉兰: lei } = seats;
    await wang.enrol("王立新");
    await lei.enrol("雷玉兰");
    await wang.go("/findings");
    await wang.press(wide ? "findings.report.title" : "findings.report.write");
    const sheet = wang.part("dialog", "findings.report.title");
    await sheet.fill("findings.report.text", words);
    await sheet.where.getByRole("searchbox", { name: wang.say("findings.report.search_site") }).fill("hyhg");
    await sheet.where.getByRole("radio", { name: /恒源化工/u }).click();
    await sheet.press("findings.report.file");
    await state(wang, "reported");
    id = wang.id;
  });

  test("findings: by state and by words", async () => {
    const wang = seats["王立新"];
    await wang.go("/findings");
    const row = wang.page.getByRole(wide ? "button" : "link", { name: new RegExp(words, "u") });
    await wang.page.getByRole("tab", { name: wang.begins("findings.tab.done") }).click();
    await row.waitFor({ state: "hidden" });
    await wang.page.getByRole("tab", { name: wang.begins("findings.tab.to_order") }).click();
    await row.waitFor();
    const search = wang.page.getByRole("searchbox", { name: wang.say("findings.search") });
    await search.fill("没有这样的隐患");
    await wang.text("findings.none_found").waitFor();
    await search.fill(words.slice(0, 5));
    await row.click();
    await state(wang, "reported");
  });

  test("supervise: ordered, taken back, ordered again", async () => {
    const { 王立新: wang, 雷玉兰: lei } = seats;
    await queued(wang, "order");
    for (const last of [false, true]) {
      const sheet = await decide(wang, "ordered", "o");
      await sheet.the("radio", "findings.field.in_days", { n: 7 }).click();
      if (wide) await wang.page.keyboard.press("Control+Enter");
      else await sheet.press("findings.do.ordered");
      await sheet.where.waitFor({ state: "hidden" });
      if (last) break;
      await wang.press("kit.undo");
      if (wide) await queued(wang, "order");
      await state(wang, "reported");
    }
    await lei.go("/today");
    await lei.page.getByRole("link", { name: new RegExp(`${lei.say("today.task.rectify")}.*${words}`, "u") }).click();
    await state(lei, "ordered");
  });

  test("finding: accepted, assigned, an extension asked for and given", async () => {
    const { 王立新: wang, 雷玉兰: lei } = seats;
    await act(lei, "accepted");
    await state(lei, "accepted");
    const assigned = await act(lei, "assigned");
    await assigned.where.getByRole("radio").first().click();
    await assigned.press("findings.do.assigned");
    await happened(lei, "assigned");
    const asked = await act(lei, "asked");
    await asked.the("radio", "findings.field.in_days", { n: 15 }).click();
    await asked.fill("findings.field.reason", "要等配件");
    await asked.press("findings.do.asked");
    await state(lei, "extension_asked");

    await queued(wang, "extension");
    const granted = await decide(wang, "granted", "x");
    await granted.press("findings.do.granted");
    await granted.where.waitFor({ state: "hidden" });
    await wang.go(`/findings/${id}`);
    await happened(wang, "granted");
  });

  test("finding: rectified with a photo, re-checked and failed, at last passed", async () => {
    const { 王立新: wang, 雷玉兰: lei } = seats;
    await rectified(lei);
    await queued(wang, "recheck");
    await wang.page.getByRole("figure", { name: wang.begins("findings.after") }).getByRole("img").waitFor();
    const failed = await decide(wang, "failed", "f");
    await failed.the("radio", "findings.field.in_days", { n: 3 }).click();
    await failed.fill("findings.field.text", "还有一盏不亮");
    await failed.press("findings.do.failed");
    await failed.where.waitFor({ state: "hidden" });

    await happened(lei, "failed");
    await rectified(lei);
    await queued(wang, "recheck");
    await decide(wang, "passed", "p");
    if (wide) await wang.page.getByRole("status").filter({ hasText: wang.say("kit.undo") }).waitFor();
    else await state(wang, "closed");
  });

  test("papers: the order and the re-check", async () => {
    const wang = seats["王立新"];
    await wang.go(`/findings/${id}`);
    await state(wang, "closed");
    await wang.the("link", "print.papers_of").click();
    const which = wang.part("radiogroup", "print.which").where;
    const paper = wang.page.locator("[lang=zh-CN]:not(html)");
    await which.getByRole("radio", { name: new RegExp(wang.say("print.kind.order"), "u") }).first().click();
    await paper.getByText(/责令限期整改/u).first().waitFor();
    assert.equal(await sheets(wang.page), 1);
    await which.getByRole("radio", { name: new RegExp(wang.say("print.kind.recheck"), "u") }).first().click();
    await paper.getByText(/复查意见/u).first().waitFor();
    assert.equal(await sheets(wang.page), 1);
    await wang.the("button", "print.print").waitFor();
  });
});
