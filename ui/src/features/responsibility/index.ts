/** Responsibility: my letters and my unit's, and the records behind each number. */
import type { RouteRecordRaw } from "vue-router";

export const responsibilityRoutes: RouteRecordRaw[] = [
  { path: "/responsibility", component: () => import("./ResponsibilityPage.vue"), meta: { tab: true } },
  { path: "/number/:id", component: () => import("./NumberPage.vue"), props: true },
];
