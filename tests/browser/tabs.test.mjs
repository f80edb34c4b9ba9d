// Several tabs, one device: they work through one worker, and none is needed for the others.
import { after, before, test } from "node:test";
import { answer, begin, Browser, enrol, shows, world } from "./harness.mjs";

let desk;
before(() => {
  desk = new Browser({ width: 1280, height: 800 });
});
after(() => desk.drop());

test("a second tab works through the first, and goes on when that is closed", async () => {
  const first = await desk.open();
  await enrol(first, "万春梅");
  const second = await desk.page();
  await second.goto(world.url);
  await second.getByRole("button", { name: "开始检查", exact: true }).waitFor();

  await begin(first);
  await second.getByRole("link", { name: /继续检查/ }).click();
  await answer(second, 0, "符合").click();
  await shows(first, 0, "符合");
  await answer(first, 1, "不符合").click();
  await shows(second, 1, "不符合");

  await first.close();
  await answer(second, 2, "符合").click();
  await shows(second, 2, "符合");

  // A third one comes late and finds all of it.
  const third = await desk.page();
  await third.goto(second.url());
  await shows(third, 1, "不符合");
  await shows(third, 2, "符合");
});

test("a tab that is killed in mid-inspection has lost nothing that it showed", async () => {
  const page = await desk.page();
  await page.goto(world.url);
  await page.getByRole("link", { name: /继续检查/ }).click();
  await shows(page, 2, "符合");
  await answer(page, 3, "符合").click();
  await shows(page, 3, "符合");
  const url = page.url();
  const session = await desk.context.newCDPSession(page);
  // The renderer dies with all that ran in it; there is no answer to this.
  session.send("Page.crash").catch(() => undefined);
  await page.waitForEvent("crash");

  const again = await desk.page();
  await again.goto(url);
  await shows(again, 3, "符合");
  await answer(again, 4, "符合").click();
  await shows(again, 4, "符合");
});

test("a core that ends is started again; the tap that ended it is told, and holds when it is done again", async () => {
  const page = await desk.page();
  await page.goto(world.url);
  await page.getByRole("link", { name: /继续检查/ }).click();
  await shows(page, 4, "符合");
  // The tab that runs the device; the core dies of the next question that it asks its host.
  const workers = desk.context.pages().flatMap((tab) => tab.workers());
  for (const worker of workers) {
    await worker.evaluate(() => {
      Date.now = () => {
        throw new Error("the core ends here");
      };
    });
  }
  await answer(page, 5, "符合").click();
  await page.getByRole("alert").filter({ hasText: "应用出了意外" }).waitFor();
  await shows(page, 4, "符合");
  await answer(page, 5, "符合").click();
  await shows(page, 5, "符合");
});
