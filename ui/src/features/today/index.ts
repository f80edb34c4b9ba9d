/** Today: my targets with what is left, my tasks. */
import type { RouteRecordRaw } from "vue-router";
import TodayPage from "./TodayPage.vue";

export const todayRoutes: RouteRecordRaw[] = [{ path: "/today", component: TodayPage, meta: { tab: true } }];
