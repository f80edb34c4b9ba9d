/** Inspections: the list, the start, the filling screen, the end and the record. */
import type { RouteRecordRaw } from "vue-router";

export const inspectRoutes: RouteRecordRaw[] = [
  { path: "/inspect", component: () => import("./InspectionsPage.vue"), meta: { tab: true } },
  { path: "/inspect/start", component: () => import("./StartPage.vue") },
  { path: "/inspect/join", component: () => import("./JoinPage.vue") },
  { path: "/inspect/:id", component: () => import("./FillPage.vue"), props: true },
  { path: "/inspect/:id/end", component: () => import("./EndPage.vue"), props: true },
  { path: "/inspect/:id/record", component: () => import("./RecordPage.vue"), props: true },
];
