/** Every page, by its feature. */
import type { RouteRecordRaw } from "vue-router";
import { adminRoutes } from "./features/admin";
import { dashboardRoutes } from "./features/dashboard";
import { enrolRoutes } from "./features/enrol";
import { findingRoutes } from "./features/findings";
import { inspectRoutes } from "./features/inspect";
import { meRoutes } from "./features/me";
import { paperRoutes } from "./features/paper";
import { planRoutes } from "./features/plan";
import { refusedRoutes } from "./features/refused";
import { responsibilityRoutes } from "./features/responsibility";
import { superviseRoutes } from "./features/supervise";
import { tableRoutes } from "./features/tables";
import { todayRoutes } from "./features/today";
import { unitRoutes } from "./features/units";

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
  ...planRoutes,
  ...dashboardRoutes,
  ...tableRoutes,
  ...unitRoutes,
  ...adminRoutes,
  ...enrolRoutes,
  { path: "/:rest(.*)*", redirect: "/today" },
];
