/** Findings: lists by state, the detail with its timeline, and the acts that the table of rights offers. */
import type { RouteRecordRaw } from "vue-router";

export const findingRoutes: RouteRecordRaw[] = [
  { path: "/findings", component: () => import("./FindingsPage.vue"), meta: { tab: true } },
  { path: "/findings/:id", component: () => import("./FindingPage.vue"), props: true },
];
