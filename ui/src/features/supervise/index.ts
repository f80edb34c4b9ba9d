/** Supervise: what needs a decision and what is watched, by group; on the desk list and detail side by side. */
import type { RouteRecordRaw } from "vue-router";

export const superviseRoutes: RouteRecordRaw[] = [{ path: "/supervise", component: () => import("./SupervisePage.vue") }];
