// An inspection's screens and the main act of each: enrolled, begun, joined, filled, ended, read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { everywhere } from "./deeds.mjs";
import { invite, photo, sheets, sign } from "./harness.mjs";

/** Sites by their pinyin initials, and the months in which the plan has them: what is begun here is no planned visit. */
const SITES = [["jfdj", "金锋刀具", [2, 8]], ["sdwl", "顺达物流", [4, 10]], ["jgmj", "精工模具", [6, 12]], ["dgbh", "东关百货", [2, 8]], ["hsmy", "红杉木业", [1, 5, 9]]];
const MONTH = Number(new Intl.DateTimeFormat("en", { timeZone: "Asia/Shanghai", month: "numeric" }).format());
/** One for each time that the story is told, as far as there are. */
const FREE = SITES.filter(([, , planned]) => !planned.includes(MONTH));
const PEOPLE = ["万春梅", "谢红旗"];

everywhere(PEOPLE, (seats) => {
  const [initials, site] = FREE[0];
  FREE.push(FREE.shift());
  const item = (seat, n) => seat.page.getByRole("article").nth(n);
  const answer = (seat, n, key) => item(seat, n).getByRole("group").first().getByRole("button", { name: seat.begins(`kit.answer.${key}`) });
  const answered = (seat, n, key) => answer(seat, n, key).and(seat.page.locator("[aria-pressed=true]")).waitFor();
  let id;

  test("enrol by a link, and by a typed code", async () => {
    const { 万春梅: wan, 谢红旗: xie } = seats;
    await wan.enrol("万春梅");
    await xie.go("/enrol");
    await xie.fill("enrol.code", invite("谢红旗").code);
    await xie.enter("谢红旗");
  });

  test("today: a task opens", async () => {
    const wan = seats["万春梅"];
    // Where the visit of the month before is late, this month's stands beneath it.
    await wan.page.getByRole("link", { name: new RegExp(`${wan.say("today.task.visit")} 恒源化工`, "u") }).last().click();
    await wan.the("button", "inspect.start.begin", { site: "恒源化工" }).waitFor();
  });

  test("start: a planned visit is chosen, another site found by pinyin initials and begun", async () => {
    const wan = seats["万春梅"];
    const planned = wan.page.getByRole("radiogroup").first().getByRole("radio", { name: /恒源化工/u }).first();
    await planned.and(wan.page.locator("[aria-checked=true]")).waitFor();
    await wan.page.getByRole("searchbox", { name: wan.say("inspect.start.search") }).fill(initials);
    await wan.part("radiogroup", "inspect.start.found").where.getByRole("radio", { name: new RegExp(site, "u") }).click();
    await wan.pick("inspect.basis.action");
    await wan.press("inspect.start.begin", { site });
    await wan.page.getByRole("article").first().waitFor();
    id = wan.id;
  });

  test("team and join: the code on one screen brings in the other", async () => {
    const { 万春梅: wan, 谢红旗: xie } = seats;
    await wan.press("inspect.more.title");
    await wan.part("dialog", "inspect.more.title").where.getByRole("button", { name: wan.begins("inspect.more.team") }).click();
    const team = wan.part("dialog", "inspect.team.title");
    const code = team.the("img", "inspect.team.code");
    await code.click({ trial: true });
    const buffer = await code.screenshot();
    await xie.go("/inspect");
    await xie.press("inspect.join.go");
    await xie.file("inspect.scan.photo").setInputFiles({ name: "code.png", mimeType: "image/png", buffer });
    await xie.at(new RegExp(`/inspect/${id}$`, "u"));
    await team.the("heading", "inspect.team.joined", { n: 2 }).waitFor();
    await team.press("kit.close");
    await team.where.waitFor({ state: "hidden" });
  });

  test("items: answers, a note, a photo, the rest, what is unanswered", async () => {
    const { 万春梅: wan, 谢红旗: xie } = seats;
    await answer(wan, 0, "ok").click();
    await answered(xie, 0, "ok");
    await item(wan, 0).getByRole("button").first().click();
    await item(wan, 0).getByRole("textbox", { name: wan.say("inspect.item.note") }).fill("看过");
    await item(wan, 0).getByRole("textbox", { name: wan.say("inspect.item.note") }).blur();
    await item(xie, 0).getByText(wan.say("inspect.item.noted", { note: "看过" })).waitFor();
    await item(wan, 0).getByLabel(wan.say("inspect.item.photo"), { exact: true }).setInputFiles(await photo(wan.page, [320, 240]));
    await item(wan, 0).getByRole("img").first().waitFor();

    // A long press on what is met answers the rest of the section, and can be taken back.
    const all = await wan.page.getByRole("region").first().getByRole("article").count();
    await answer(wan, 1, "ok").hover();
    await wan.page.mouse.down();
    await wan.page.getByRole("status").filter({ hasText: wan.say("kit.undo") }).waitFor();
    await wan.page.mouse.up();
    await answered(wan, all - 1, "ok");
    await wan.press("kit.undo");
    await answer(wan, 1, "ok").and(wan.page.locator("[aria-pressed=false]")).waitFor();

    await wan.press("inspect.to_unanswered");
    await wan.page.locator("article:focus[data-open]").waitFor();
  });

  test("items: a number has limits", async () => {
    const wan = seats["万春梅"];
    await wan.press("inspect.more.title");
    const more = wan.part("dialog", "inspect.more.title");
    await more.where.getByRole("button", { name: wan.begins("inspect.more.lists") }).click();
    await wan.part("dialog", "inspect.more.lists").where.getByRole("button", { name: /^(有限空间|Confined space)/u }).click();
    const reading = wan.page.getByPlaceholder(wan.say("inspect.number.read"));
    const number = wan.page.getByRole("article").filter({ has: reading });
    await reading.fill("18");
    await number.getByText(wan.say("inspect.number.outside")).waitFor();
    await reading.fill("20.9");
    await reading.blur();
    await number.getByText(wan.say("inspect.number.outside")).waitFor({ state: "hidden" });
    await wan.page.locator("article:not([data-open])").filter({ has: reading }).waitFor();
  });

  test("hazard strip: recorded in place", async () => {
    const wan = seats["万春梅"];
    await answer(wan, 2, "fail").click();
    const strip = item(wan, 2).getByRole("group", { name: wan.say("inspect.hazard.title"), exact: true });
    await strip.getByLabel(wan.say("inspect.hazard.photo")).first().setInputFiles(await photo(wan.page, [320, 240]));
    await strip.getByRole("img", { name: wan.say("inspect.hazard.photo") }).waitFor();
    await strip.getByRole("button", { name: wan.say("inspect.hazard.file"), exact: true }).click();
    await item(wan, 2).getByRole("link", { name: wan.begins("inspect.item.finding", { n: 1 }) }).waitFor();
  });

  test("end: refused, signed after all, finished", async () => {
    const { 万春梅: wan, 谢红旗: xie } = seats;
    // A colleague who only looks at the end, out of reach, takes nothing from what is signed meanwhile.
    await xie.browser.context.setOffline(true);
    await xie.go(`/inspect/${id}/end`);
    await xie.the("button", "inspect.end.finish").waitFor();
    await wan.press("inspect.to_end");
    await wan.press("inspect.end.refuse");
    const refusal = wan.part("dialog", "inspect.refuse.title");
    await refusal.fill("inspect.refuse.reason", "等律师来");
    await refusal.fill("inspect.refuse.witness", "门卫老赵");
    await refusal.press("inspect.refuse.done");
    await wan.page.getByText("等律师来").waitFor();
    await sign(wan.page, wan.say("inspect.end.sign_after_all"), wan.say("inspect.sign.done"));
    await wan.page.getByText(wan.say("inspect.sign.agreed")).first().waitFor();
    await sign(wan.page, wan.say("inspect.end.sign"), wan.say("inspect.sign.done"));
    await xie.browser.context.setOffline(false);
    await xie.the("img", "inspect.end.drawing", { name: "万春梅" }).waitFor();
    await sign(xie.page, xie.say("inspect.end.sign"), xie.say("inspect.sign.done"));
    await wan.text("inspect.end.enough").waitFor();
    await wan.press("inspect.end.finish");
    await wan.at(/\/record$/u);
  });

  test("record and its paper: what happened, and the sheet to print", async () => {
    const { 万春梅: wan, 谢红旗: xie } = seats;
    await wan.the("heading", "inspect.record.complete").waitFor();
    await wan.the("heading", "inspect.record.timeline").waitFor();
    for (const key of ["began", "refused", "finished"]) await wan.page.getByText(wan.say(`inspect.event.${key}`)).first().waitFor();
    await wan.the("link", "print.record").click();
    await wan.page.getByText("现场检查记录").first().waitFor();
    await wan.page.locator("[lang=zh-CN]").getByText(new RegExp(site, "u")).first().waitFor();
    assert.equal(await sheets(wan.page), 1);
    await wan.the("button", "print.print").waitFor();
    await xie.go("/inspect");
    await xie.page.getByRole("link", { name: new RegExp(`${site}.*${xie.say("inspect.finished")}`, "u") }).waitFor();
  });
});
