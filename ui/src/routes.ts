/** Every page, by its feature. */
import type { RouteRecordRaw } from "vue-router";
import { enrolRoutes } from "./features/enrol";
import { findingRoutes } from "./features/findings";
import { inspectRoutes } from "./features/inspect";
import { meRoutes } from "./features/me";
import { paperRoutes } from "./features/paper";
import { refusedRoutes } from "./features/refused";
import { responsibilityRoutes } from "./features/responsibility";
import { superviseRoutes } from "./features/supervise";
import { todayRoutes } from "./features/today";

export const routes: RouteRecordRaw[] = [
  { path: "/", redirect: "/today" },
  ...todayRoutes,
  ...inspectRoutes,
  ...findingRoutes,
  ...paperRoutes,
  ...responsibilityRoutes,
  ...meRoutes,
  ...refusedRoutes,
  ...superviseRoutes,
  ...enrolRoutes,
  { path: "/:rest(.*)*", redirect: "/today" },
];
