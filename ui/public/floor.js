/* Runs before everything else, in old syntax: an engine below what the app needs gets words, not a white page. */
(function () {
  function enough() {
    try {
      new Function("async function f(){}; const a = { ...{} }; return a");
    } catch (e) {
      // A strict content policy forbids the probe; such engines are new enough.
      if (!(window.EvalError && e instanceof window.EvalError)) return false;
    }
    return "noModule" in document.createElement("script") && !!window.CSS && CSS.supports("display", "grid");
  }
  if (enough()) return;
  document.addEventListener("DOMContentLoaded", function () {
    document.body.textContent =
      "这部手机的系统浏览器组件太旧，巡安打不开。请在应用商店更新“Android System WebView”或 Chrome（64 版以上），苹果手机请升级到 iOS 14 以上，然后重新打开。已记录的内容都还在本机。\n\n" +
      "This phone's system browser is too old to open Xunan. Update Android System WebView or Chrome (64 or newer) in the app store, or an iPhone to iOS 14 or newer, and open it again. Everything recorded is still on this phone.";
    document.body.style.cssText = "padding:24px;white-space:pre-line;font:16px/1.5 sans-serif";
  });
})();
