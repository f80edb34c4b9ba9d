/** Papers as an office files them: the record of an inspection, the orders and re-checks of a finding. */
import type { RouteRecordRaw } from "vue-router";

export const paperRoutes: RouteRecordRaw[] = [
  { path: "/inspect/:id/paper", component: () => import("./RecordPaperPage.vue"), props: true },
  { path: "/findings/:id/papers", component: () => import("./FindingPapersPage.vue"), props: true },
];
