// No room left on the phone: said at once, nothing that was kept is lost, and it goes on when there is room.
import { after, before, test } from "node:test";
import { answer, begin, Browser, enrol, photo, shoot, shows, world } from "./harness.mjs";

let phone;
before(() => {
  phone = new Browser();
});
after(() => phone.drop());

test("a photo that doesn't fit is refused in words, and taken again when there is room", async () => {
  const page = await phone.open();
  await enrol(page, "万春梅");
  await begin(page);
  await answer(page, 0, "符合").click();
  await shows(page, 0, "符合");
  const session = await phone.context.newCDPSession(page);
  const room = (quotaSize) => session.send("Storage.overrideQuotaForOrigin", { origin: world.url, ...(quotaSize === undefined ? {} : { quotaSize }) });
  const item = page.getByRole("article").first();
  const picture = await photo(page);

  await room(1);
  await shoot(page, 0, picture);
  await page.getByRole("alert").filter({ hasText: "请腾出空间" }).waitFor();
  await shows(page, 0, "符合");

  await room(undefined);
  await shoot(page, 0, picture);
  await item.getByRole("img").first().waitFor();
  await page.reload();
  await shows(page, 0, "符合");
});
