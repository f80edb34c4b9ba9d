/** The year's plan: sites by month, and what to deal with. */
import type { RouteRecordRaw } from "vue-router";

export const planRoutes: RouteRecordRaw[] = [{ path: "/plan", component: () => import("./PlanPage.vue") }];
