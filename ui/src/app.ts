import { createApp } from "vue";
import { createRouter, createWebHashHistory } from "vue-router";
import App from "./App.vue";
import { i18n } from "./i18n";
import { installBack, installTaken } from "./kit";
import { routes } from "./routes";
import { wearAppearance } from "./shell/appearance";
import { wearLanguage } from "./shell/language";
import "./style/tokens.css";
import "./style/themes.css";
import "./style/base.css";
import "./style/print.css";

const router = createRouter({ history: createWebHashHistory(), routes });
installBack(router);
installTaken(router);
wearAppearance();
void wearLanguage().then(() => createApp(App).use(router).use(i18n).mount("#app"));
