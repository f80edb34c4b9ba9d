// The whole chain, by people in browsers of their own: two officers, the leader, the supervisor at a desk, and the site's
// safety officer.
import { after, before, test } from "node:test";
import { answer, begin, Browser, enrol, order, photo, shows, sign, world } from "./harness.mjs";

const devices = {};
const pages = {};
before(async () => {
  const sizes = { 万春梅: {}, 谢红旗: {}, 余卫东: {}, 王立新: { width: 1280, height: 800 }, 雷玉兰: {} };
  for (const [who, size] of Object.entries(sizes)) {
    devices[who] = new Browser(size);
    pages[who] = await devices[who].open();
    await enrol(pages[who], who);
  }
});
after(async () => {
  for (const device of Object.values(devices)) await device.drop();
});

/** Joins by a photo of the code on the other phone. */
async function join(page, code) {
  await page.goto(`${world.url}/#/inspect/join`);
  await page.getByLabel("给二维码拍照").setInputFiles({ name: "code.png", mimeType: "image/png", buffer: code });
  await page.getByRole("article").first().waitFor();
}

/** 今日 shows a target with its number. */
async function counts(page, words) {
  await page.goto(`${world.url}/#/today`);
  await page.getByRole("link", { name: words }).waitFor();
}

test("three people inspect together, a hazard goes from the report to its end", async () => {
  const { 万春梅: wan, 谢红旗: xie, 余卫东: yu, 王立新: wang, 雷玉兰: lei } = pages;
  const id = await begin(wan);
  await wan.getByRole("button", { name: /计入/ }).click();
  const code = wan.getByRole("img", { name: "加入这次检查的二维码" });
  await code.waitFor();
  const picture = await code.screenshot();
  await join(xie, picture);
  await join(yu, picture);
  await wan.getByRole("dialog").getByRole("button", { name: "关闭" }).click();

  // Each sees what the others answer.
  await answer(xie, 1, "符合").click();
  await answer(yu, 2, "不适用").click();
  await shows(wan, 1, "符合");
  await shows(wan, 2, "不适用");

  await answer(wan, 4, "不符合").click();
  const strip = wan.getByRole("article").nth(4).getByRole("group", { name: "记隐患" });
  await strip.getByLabel("拍照").first().setInputFiles(await photo(wan));
  await strip.getByRole("img", { name: "拍照" }).waitFor();
  await strip.getByRole("button", { name: "记下隐患" }).click();
  await wan.getByRole("article").nth(4).getByRole("link", { name: /隐患 1/ }).waitFor();

  await wan.getByRole("button", { name: "结束" }).click();
  await sign(wan, "请被检查单位代表签名");
  await sign(wan, "签名");
  for (const page of [xie, yu]) {
    await page.goto(`${world.url}/#/inspect/${id}/end`);
    await page.getByRole("img", { name: /万春梅.*签名/ }).waitFor();
    await sign(page, "签名");
  }
  await wan.getByText("已够两人").waitFor();
  await wan.getByRole("button", { name: "完成并封存" }).click();
  await wan.getByRole("heading", { name: "经过" }).waitFor();

  // At the desk: the order. It waits ten seconds, in which it could be taken back.
  await wang.goto(`${world.url}/#/supervise`);
  await order(wang);

  await lei.goto(`${world.url}/#/today`);
  await lei.getByRole("main").getByRole("link", { name: /整改 恒源化工/ }).first().click();
  await lei.getByRole("figure", { name: /整改前/ }).getByRole("img").waitFor();
  await lei.getByRole("button", { name: "签收", exact: true }).click();
  await lei.getByRole("button", { name: "指定整改人" }).waitFor();
  await lei.getByRole("button", { name: "报告整改完成" }).click();
  const report = lei.getByRole("dialog", { name: "报告整改完成" });
  await report.getByLabel("说明").fill("分库存放，通道画线");
  await report.getByLabel("拍照片").setInputFiles(await photo(lei));
  await report.getByRole("img").first().waitFor();
  await report.getByRole("button", { name: "报告整改完成" }).click();
  await lei.getByRole("heading", { name: /已整改，等复查/ }).waitFor();
  // The photo is at the relay, too: who looks for one before that is told that it is still on the other phone.
  await lei.getByRole("link", { name: /已同步$/ }).waitFor();

  await wang.getByRole("button", { name: /待复查 1/ }).click();
  await wang.getByRole("list", { name: "待复查" }).getByRole("button").first().click();
  await wang.getByRole("figure", { name: /整改后/ }).getByRole("img").waitFor();
  await wang.getByRole("button", { name: "复查通过，销号" }).click();
  await lei.getByRole("heading", { name: /已销号/ }).waitFor();

  // It counts: the visit for who had it in the plan and for the unit, the whole record for those who made it.
  await counts(wan, /计划完成率 .* 1\/\d/);
  await counts(wan, /检查记录完整率 .* 1\/1/);
  await counts(yu, /计划完成率 .* 1\/\d/);
});
