/** The dashboard: few numbers that somebody acts on, each a link to its records. */
import type { RouteRecordRaw } from "vue-router";

export const dashboardRoutes: RouteRecordRaw[] = [{ path: "/dashboard", component: () => import("./DashboardPage.vue") }];
