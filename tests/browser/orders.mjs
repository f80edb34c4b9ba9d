// The supervisor's part of a story that is told by somebody in the window: orders the one hazard that is to be ordered.
import { Browser, enrol, order, world } from "./harness.mjs";

const desk = new Browser({ width: 1280, height: 800 });
try {
  const page = await desk.open();
  await enrol(page, "王立新");
  await page.goto(`${world.url}/#/supervise`);
  await order(page);
  // It waits ten seconds, in which it could be taken back, and goes out by itself.
  await page.getByRole("button", { name: /还没责令 0/ }).waitFor();
  await page.getByRole("link", { name: /已同步$/ }).waitFor();
} finally {
  await desk.drop();
}
