// What an administrator looks after: invitations, devices, the register, checklists, settings, and what was done.
import assert from "node:assert/strict";
import { test } from "node:test";
import { everywhere, inTurn } from "./deeds.mjs";
import { Person, sheets } from "./harness.mjs";

/** Each time that the story is told: whose device is lost, who comes in, which setting is changed. */
const TIMES = [
  { lost: "蔡磊", comes: ["高远", "19911120000"], setting: "recheck_days" },
  { lost: "蔡超", comes: ["高山", "19911120001"], setting: "reminder_days" },
  { lost: "谭刚", comes: ["高原", "19911120002"], setting: "not_ordered_days" },
  { lost: "姚晓东", comes: ["高峰", "19911120003"], setting: "escalate_days" },
];

everywhere(["郭洋"], (seats) => {
  const { lost, comes, setting } = TIMES.shift();
  const seat = () => seats["郭洋"];
  const status = (words) => seat().page.getByRole("status").filter({ hasText: words });

  test("people: somebody is invited", async () => {
    const guo = seat();
    await guo.enrol("郭洋");
    await guo.browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await guo.go("/me");
    await guo.the("link", "admin.title").click();
    await guo.page.getByRole("link", { name: guo.begins("admin.place.people.title") }).click();
    await guo.the("searchbox", "admin.search").fill("孟秀英");
    await guo.page.getByText(guo.say("admin.counted", { n: 1 })).waitFor();
    await guo.press("admin.invite");
    const sheet = guo.part("dialog", "admin.invited.title", { name: "孟秀英" });
    await sheet.pick("admin.hours.week");
    await sheet.press("admin.invite");
    await sheet.the("img", "admin.invited.picture", { name: "孟秀英" }).waitFor();
    await sheet.press("admin.invited.copy_link");
    await sheet.text("admin.invited.copied").waitFor();
    assert.match(await guo.page.evaluate(() => navigator.clipboard.readText()), /^http.*code=/u);
    await sheet.press("kit.close");
    await sheet.where.waitFor({ state: "hidden" });
  });

  test("print: a sheet for many", async () => {
    const guo = seat();
    await guo.the("searchbox", "admin.search").fill("石桥大食堂");
    const all = guo.the("button", "admin.invite_all");
    await guo.page.getByText("孟秀英").first().waitFor({ state: "hidden" });
    await all.click();
    await guo.press("admin.sheet.make");
    const boxes = guo.page.getByRole("listitem").filter({ has: guo.page.getByRole("img") });
    await boxes.nth(1).waitFor();
    await guo.the("button", "admin.sheet.print").waitFor();
    assert.equal(await sheets(guo.page), 1);
  });

  test("devices: a lost one is shut out", async () => {
    const guo = seat();
    const person = await Person.joined(lost);
    await guo.go("/admin/devices");
    const row = guo.page.getByRole("button", { name: new RegExp(`^${lost}`, "u") });
    const sheet = guo.part("dialog", "admin.device.ask", { name: lost });
    await row.click();
    await sheet.press("kit.cancel");
    await sheet.where.waitFor({ state: "hidden" });
    await person.ask("Sync", {});
    await row.click();
    await sheet.press("admin.device.confirm", { name: lost });
    await row.filter({ hasText: guo.say("admin.device.leaving") }).waitFor();
    await guo.press("kit.undo");
    await row.filter({ hasNotText: guo.say("admin.device.leaving") }).waitFor();
    await person.ask("Sync", {});
    await row.click();
    await sheet.press("admin.device.confirm", { name: lost });
    // Nobody waits to take it back on another page: it goes at once.
    await guo.go("/admin/settings");
    await guo.the("main", "admin.place.settings.title").waitFor();
    await guo.go("/admin/devices");
    await guo.page.getByText(lost, { exact: true }).waitFor();
    await row.waitFor({ state: "hidden" });
    await assert.rejects(person.ask("Sync", {}), /device\.revoked/u);
    person.drop();
  });

  test("import: looked at, then written", () =>
    inTurn(async () => {
      const guo = seat();
      await guo.go("/admin/import");
      const rows = `姓名,手机号,单位,职务,岗位类别\n${comes},东关街道办事处,安全检查员,检查人员\n`;
      await guo.file("admin.file.choose").setInputFiles({ name: "人员.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
      await guo.the("heading", "admin.file.ready").waitFor();
      await guo.page.getByText(comes[0]).first().waitFor();
      await guo.press("admin.file.write");
      await guo.the("heading", "admin.file.written").waitFor();
    }));

  test("lists: a checklist and its items", async () => {
    const guo = seat();
    await guo.go("/admin/lists");
    await guo.page.getByRole("main").getByRole("link").first().click();
    await guo.page.getByRole("main").getByText(/^1\. /u).waitFor();
  });

  test("settings and acts: one is changed, and both say so", async () => {
    const guo = seat();
    await guo.go("/admin/settings");
    const name = `admin.setting.name.${setting}`;
    const row = guo.page.getByRole("button", { name: guo.begins(name) });
    await row.click();
    const sheet = guo.part("dialog", name);
    await sheet.fill("admin.setting.value", "9");
    await sheet.press("admin.setting.save");
    await status(guo.say("admin.setting.saved")).waitFor();
    await row.filter({ hasText: /9$/u }).waitFor();
    await guo.go("/admin/acts");
    await guo.text("admin.act.setting", { name: guo.say(name) }).waitFor();
    await guo.text("admin.act.revoke", { name: lost }).waitFor();
  });
});
