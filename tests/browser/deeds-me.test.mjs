// One's own pages: language, looks, devices, what was synced, help, a suggestion, what this is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { everywhere, hazard } from "./deeds.mjs";
import { Person } from "./harness.mjs";

/** Whose work arrives here. */
let wan;
before(async () => {
  wan = await Person.joined("万春梅");
});
after(() => wan.drop());

everywhere(["谢红旗"], (seats) => {
  const seat = () => seats["谢红旗"];
  const looks = (name) => seat().page.evaluate((key) => document.documentElement.dataset[key], name);

  test("me: another language and back", async () => {
    const xie = seat();
    await xie.enrol("谢红旗");
    await xie.go("/me");
    const other = xie.locale === "en" ? "zh-CN" : "en";
    await xie.pick(`me.language.${other}`);
    await xie.page.locator(`html[lang=${other}]`).waitFor();
    await xie.pick(`me.language.${xie.locale}`);
    await xie.page.locator(`html[lang=${xie.locale}]`).waitFor();
    await xie.the("heading", "me.language_label").waitFor();
  });

  test("me: theme and size of type", async () => {
    const xie = seat();
    await xie.pick("me.theme.outdoor");
    await xie.text("me.theme_words.outdoor").waitFor();
    assert.equal(await looks("theme"), "outdoor");
    await xie.pick("me.theme.system");
    const size = () => xie.page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    const before = await size();
    await xie.pick("me.size.huge");
    assert.ok((await size()) > before, "type is larger");
    await xie.pick("me.size.normal");
    assert.equal(await size(), before);
  });

  test("devices: this one is named", async () => {
    const xie = seat();
    await xie.page.getByRole("link", { name: xie.begins("me.devices") }).click();
    await xie.the("heading", "me.device_page.here").waitFor();
    await xie.text("me.device_page.platform").waitFor();
  });

  test("sync: done by hand, and in the log; nothing was refused", async () => {
    const xie = seat();
    await xie.go("/me/sync");
    const lines = xie.page.getByText(xie.say("me.sync_page.line"));
    await xie.text("me.sync_page.safe").waitFor();
    const before = await lines.count();
    await hazard(wan, "楼梯没有扶手");
    await xie.press("me.sync_page.now");
    await lines.nth(before).waitFor();
    await xie.go("/me/refused");
    await xie.text("refused.none").waitFor();
  });

  test("help: another post's page", async () => {
    const xie = seat();
    await xie.go("/me/help");
    await xie.the("list", "help.inspector.name").waitFor();
    await xie.pick("help.leader.name");
    await xie.the("list", "help.leader.name").getByRole("listitem").first().waitFor();
  });

  test("say: a suggestion is composed and copied", async () => {
    const xie = seat();
    await xie.browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await xie.go("/me/say");
    await xie.pick("me.say_page.suggestion");
    await xie.fill("me.say_page.words", "字再大一点");
    await xie.press("me.say_page.copy");
    await xie.text("me.say_page.copied").waitFor();
    assert.match(await xie.page.evaluate(() => navigator.clipboard.readText()), /字再大一点/u);
  });

  test("about: the version, and whose work is in it", async () => {
    const xie = seat();
    await xie.go("/me/about");
    await xie.text("me.about_page.version").waitFor();
    await xie.the("heading", "me.about_page.parts").waitFor();
    await xie.page.getByText("Apache-2.0").first().waitFor();
  });
});
