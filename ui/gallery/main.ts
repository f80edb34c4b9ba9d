/** The kit on a page, for looking at it while it is made. Not part of the build. */
import { createApp } from "vue";
import { createRouter, createWebHashHistory } from "vue-router";
import { i18n } from "@/i18n";
import { installBack } from "@/kit";
import { wearAppearance } from "@/shell/appearance";
import Gallery from "./Gallery.vue";
import "@/style/tokens.css";
import "@/style/themes.css";
import "@/style/base.css";

const router = createRouter({
  history: createWebHashHistory(),
  routes: [{ path: "/:page*", component: Gallery }],
});
installBack(router);
wearAppearance();
createApp(Gallery).use(router).use(i18n).mount("#app");
