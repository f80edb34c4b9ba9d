/** Findings and inspections as tables: sorted, filtered, exported as shown. */
import type { RouteRecordRaw } from "vue-router";

export const tableRoutes: RouteRecordRaw[] = [
  { path: "/tables", redirect: "/tables/findings" },
  { path: "/tables/findings", component: () => import("./FindingsTable.vue") },
  { path: "/tables/inspections", component: () => import("./InspectionsTable.vue") },
];
