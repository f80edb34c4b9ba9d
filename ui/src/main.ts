/**
 * The first script, a small one: it starts the device. The screens' scripts, which keep the page busy,
 * come when that no longer needs the page.
 */
import { deviceBegan } from "./api/call";

void deviceBegan().then(() => import("./app"));
