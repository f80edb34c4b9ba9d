// Counts the taps that a day's work takes, at a phone's size on a real device: a visit begun from
// Today, an answer, a hazard. And what was not filed comes back when the page is opened anew.
import assert from "node:assert/strict";
import { ask, at, drawn, enrolAll, launch, windowOf } from "./browser.mjs";

let taps = 0;
/** One tap of the thumb on what a person sees. */
async function tap(target) {
  taps += 1;
  await target.tap();
}
/** A tap on the camera, and one on its shutter. */
async function shoot(page, target, photo) {
  const chosen = page.waitForEvent("filechooser");
  await tap(target);
  taps += 1;
  await (await chosen).setFiles(photo);
}
/** How many taps something took, and that it was no more than it may. */
async function counted(what, most, work) {
  taps = 0;
  await work();
  console.log(`${what}: ${taps} taps (at most ${most})`);
  assert.ok(taps <= most, `${what} took ${taps} taps, more than ${most}`);
}
const press = (page, name) => page.getByRole("button", { name });

const browser = await launch();
try {
  await enrolAll();
  const { base64 } = await drawn(browser);
  const photo = { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
  const context = await windowOf(browser);
  const page = await at(context, "wan", "/today");

  await counted("a visit begun from Today", 2, async () => {
    await tap(press(page, /^开始检查$/));
    await tap(press(page, /^开始检查 ./));
    await page.waitForURL(/#\/inspect\/[0-9a-f-]{36}$/);
  });
  const id = page.url().split("/").pop();
  const first = page.getByRole("article").first();
  await counted("an answer", 1, async () => {
    await tap(first.getByRole("button", { name: "符合", exact: true }));
    await first.getByRole("button", { pressed: true }).waitFor();
  });
  const answered = (await ask("wan", "Inspection", { id })).row.answered;
  assert.equal(answered[0], 1, "the answer is on the device");

  const second = page.getByRole("article").nth(1);
  await counted("a hazard at an item", 8, async () => {
    await tap(second.getByRole("button", { name: "不符合", exact: true }));
    const strip = second.getByRole("group", { name: "记隐患" });
    await shoot(page, strip.getByText("拍照"), photo);
    await strip.getByRole("img").waitFor();
    await tap(strip.getByRole("button", { name: "改文字" }));
    await strip.getByRole("textbox").fill("2# 储罐压力表检定标签过期");
    await tap(strip.getByRole("radio", { name: "一般隐患" }));
    await tap(strip.getByRole("radio", { name: /^15/ }));
    await tap(strip.getByRole("button", { name: "记下隐患" }));
    await second.getByRole("link", { name: /2# 储罐压力表/ }).waitFor();
  });
  const [found] = (await ask("wan", "Inspection", { id })).findings;
  const filed = await ask("wan", "Finding", { id: found.id });
  assert.equal(filed.before.length, 1);
  assert.ok(filed.proposed_who && filed.proposed_due, "person and deadline are proposed");

  await page.goto(`${page.url().split("#")[0]}#/findings`);
  await counted("a hazard from anywhere", 8, async () => {
    await shoot(page, page.getByText("拍照记隐患"), photo);
    const sheet = page.getByRole("dialog", { name: "记隐患" });
    await sheet.getByRole("img", { name: /刚拍的/ }).waitFor();
    // Words, where, level, deadline, person: what is proposed needs no tap, what is changed one.
    const words = sheet.getByRole("textbox", { name: "什么问题" });
    await tap(words);
    await words.fill("疏散通道堆放物料桶，出口被挡");
    await tap(sheet.getByRole("radiogroup", { name: "在哪家单位" }).getByRole("radio").first());
    await sheet.getByRole("radiogroup", { name: /责任人/ }).getByRole("radio", { checked: true }).waitFor();
    await tap(sheet.getByRole("radio", { name: /^重大/ }));
    await tap(sheet.getByRole("radio", { name: /^3/ }));
    await sheet.getByRole("radiogroup", { name: /责任人/ }).getByRole("radio", { checked: true }).waitFor();
    await tap(sheet.getByRole("button", { name: "记下隐患" }));
    await page.waitForURL(/#\/findings\/[0-9a-f-]{36}$/);
  });
  const reported = await ask("wan", "Finding", { id: page.url().split("/").pop() });
  assert.equal(reported.row.suspected, true, "major without a clause is suspected");
  assert.ok(reported.proposed_who && reported.proposed_due);

  // The app goes while a hazard is being written: photo and words come back.
  await page.goto(`${page.url().split("#")[0]}#/findings`);
  await shoot(page, page.getByText("拍照记隐患"), photo);
  await page.getByRole("dialog").getByRole("img", { name: /刚拍的/ }).waitFor();
  await page.getByRole("textbox", { name: "什么问题" }).fill("配电箱没有关门");
  const kept = async () => (await ask("wan", "Unfiled", { name: "report" }))?.includes("配电箱没有关门");
  for (const until = Date.now() + 20_000; !(await kept()); ) assert.ok(Date.now() < until, "the words are kept");
  await page.close();
  const again = await at(context, "wan", "/findings");
  await press(again, /没写完的隐患/).tap();
  await again.getByRole("dialog").getByRole("img", { name: /刚拍的/ }).waitFor();
  assert.equal(await again.getByRole("textbox", { name: "什么问题" }).inputValue(), "配电箱没有关门");
} finally {
  await browser.close();
}
