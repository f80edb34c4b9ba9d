// What a phone knows by itself: a code held before its camera, where it is, several photos one after the
// other; and a key that nobody can read out of it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { begin, Browser, enrol, Person, photo, shoot, world } from "./harness.mjs";

/** 恒源化工 by its row in the register: 20 metres from its door. */
const THERE = { latitude: 36.1122, longitude: 118.2001, accuracy: 12 };
const folder = mkdtempSync(join(tmpdir(), "xunan-senses-"));
const seen = join(folder, "seen.mjpeg");

const wan = new Browser({ geolocation: THERE, permissions: ["geolocation"] });
let page;
before(async () => {
  page = await wan.open();
  await enrol(page, "万春梅");
});
after(async () => {
  await wan.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a camera would see of a picture: one frame, again and again. */
async function filmed(picture) {
  const frame = await wan.page();
  await frame.setViewportSize({ width: 640, height: 480 });
  await frame.setContent(`<body style="margin:0;display:grid;place-items:center;height:100vh"><img src="data:image/png;base64,${picture.toString("base64")}" height="440">`);
  await frame.getByRole("img").evaluate((image) => image.decode());
  writeFileSync(seen, await frame.screenshot({ type: "jpeg", quality: 95, scale: "css" }));
  await frame.close();
}

test("a code before the camera brings a team-mate in", async (t) => {
  const id = await begin(page);
  await page.getByRole("button", { name: /计入/ }).click();
  const code = page.getByRole("img", { name: "加入这次检查的二维码" });
  await code.waitFor();
  await filmed(await code.screenshot());
  const sees = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${seen}`];
  const xie = new Browser({ args: sees });
  t.after(() => xie.drop());
  const other = await xie.open();
  await enrol(other, "谢红旗");
  await other.goto(`${world.url}/#/inspect/join`);
  await other.waitForURL((url) => url.hash.endsWith(`/inspect/${id}`));
  await other.getByRole("article").first().waitFor();
  await page.getByRole("heading", { name: "已加入 2" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
});

test("several photos one after the other are all kept", async () => {
  const item = page.getByRole("article").first();
  for (let n = 0; n < 3; n++) {
    // The next one is taken before the one before is shown.
    await shoot(page, 0, await photo(page, [320, 240]));
  }
  await item.getByRole("img").nth(2).waitFor();
  assert.equal(await item.getByRole("img").count(), 3);
});

test("the nearest site comes first, and a hazard says where it was and how sure that is", async () => {
  await page.goto(`${world.url}/#/inspect/start`);
  await page.getByRole("radio", { name: /恒源化工.*\d+ 米/su }).first().waitFor();
  await page.goto(`${world.url}/#/findings`);
  await page.getByRole("button", { name: "直接写" }).click();
  const sheet = page.getByRole("dialog", { name: "记隐患" });
  await sheet.getByRole("radiogroup", { name: "在哪家单位" }).getByRole("radio").first().and(page.getByRole("radio", { name: /恒源化工/ })).click();
  await sheet.getByRole("textbox", { name: "什么问题" }).fill("围堰有裂缝");
  await sheet.getByRole("button", { name: "记下隐患" }).click();
  await page.waitForURL((url) => /\/findings\/.+/u.test(url.hash));
  const id = page.url().split("/").at(-1);
  const wang = await Person.joined("王立新");
  try {
    const { loc } = await wang.sees((person) => person.ask("Finding", { id }).catch(() => null));
    assert.deepEqual([loc.lat, loc.lon, loc.accuracy, loc.source], [THERE.latitude, THERE.longitude, THERE.accuracy, "gps"]);
  } finally {
    wang.drop();
  }
});

test("nobody reads the device's key: the browser keeps it", async () => {
  await page.goto(`${world.url}/#/me/devices`);
  await page.getByText("由浏览器保管，谁也读不出来").waitFor();
});
