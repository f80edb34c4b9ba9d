/*
 * Runs before everything else, in old syntax: an engine below what the app needs, or a window that
 * keeps nothing, gets words and a way out, not a white page and not a loss later.
 */
(function () {
  var WORDS = {
    engine: [
      "这部手机的系统浏览器组件太旧，巡安打不开。请在应用商店更新“Android System WebView”或 Chrome（64 版以上），苹果手机请升级到 iOS 14 以上，然后重新打开。已记录的内容都还在本机。",
      "This phone's system browser is too old to open Xunan. Update Android System WebView or Chrome (64 or newer) in the app store, or an iPhone to iOS 14 or newer, and open it again. Everything recorded is still on this phone.",
    ],
    inside: [
      "巡安要存在浏览器里，微信、钉钉等应用里的网页存不住记录：应用清理缓存时会一起清掉。请点右上角的“…”，选“在浏览器打开”；或者复制这个地址，到浏览器（Chrome、Edge、Safari）里打开。",
      "Xunan keeps its records in the browser, and pages inside other apps can't: they go when that app clears its cache. Tap “…” at the top right and choose to open it in the browser, or copy this address into Chrome, Edge or Safari.",
    ],
    browser: [
      "这个浏览器太旧，存不住记录，巡安打不开。请更新浏览器：Chrome 或 Edge 109 以上，苹果手机 iOS 16.4 以上。",
      "This browser is too old to keep records, so Xunan can't open. Please update it: Chrome or Edge 109 or newer, iOS 16.4 or newer on an iPhone.",
    ],
    insecure: [
      "这个地址不是 https 开头的，浏览器不允许在这里存记录。请用管理员给的 https 地址打开。",
      "This address does not begin with https, and the browser keeps no records for it. Please open the https address that your administrator gave you.",
    ],
    nowhere: [
      "浏览器不让巡安存东西，可能是无痕（隐私）窗口，或者关掉了网站数据。请在普通窗口里打开；还不行，请在浏览器设置里允许这个网站保存数据。",
      "The browser lets Xunan keep nothing: perhaps this is a private window, or site data is turned off. Please open it in an ordinary window, or allow this site to keep data in the browser's settings.",
    ],
    full: [
      "手机空间不够，巡安存不下记录和照片。请先清理出至少 200 MB 空间，再重新打开。",
      "There is too little space on this phone for records and photos. Please free at least 200 MB and open it again.",
    ],
  };
  /* Bytes that a day's photos need. */
  var ROOM = 200 * 1048576;

  function say(words, goOn) {
    function show() {
      var box = document.createElement("div");
      box.setAttribute("role", "alertdialog");
      box.setAttribute("aria-label", "巡安");
      box.style.cssText =
        "position:fixed;top:0;right:0;bottom:0;left:0;z-index:9999;overflow:auto;padding:24px;background:#fff;color:#111;white-space:pre-line;font:16px/1.5 sans-serif";
      box.textContent = words.join("\n\n");
      if (goOn) {
        var button = document.createElement("button");
        button.textContent = "我知道，仍然打开 · Open anyway";
        button.style.cssText = "display:block;margin-top:24px;padding:12px 16px;border:1px solid #111;background:#fff;font:inherit";
        button.addEventListener("click", function () {
          document.body.removeChild(box);
        });
        box.appendChild(button);
      }
      document.body.appendChild(box);
    }
    if (document.body) show();
    else document.addEventListener("DOMContentLoaded", show);
  }
  function enough() {
    try {
      new Function("async function f(){}; const a = { ...{} }; return a");
    } catch (e) {
      // A strict content policy forbids the probe; such engines are new enough.
      if (!(window.EvalError && e instanceof window.EvalError)) return false;
    }
    return "noModule" in document.createElement("script") && !!window.CSS && CSS.supports("display", "grid");
  }
  /** What the device core needs of a browser: wasm, a worker with files of its own, locks. */
  function canKeep() {
    var storage = navigator.storage;
    return !!(window.WebAssembly && window.Worker && window.BroadcastChannel && window.indexedDB && navigator.locks && storage && storage.getDirectory && storage.estimate);
  }
  function room(estimate) {
    var left = (estimate.quota || 0) - (estimate.usage || 0);
    /* Who has records here must get at them. */
    if (left < ROOM && !enrolled()) say(WORDS.full, true);
  }
  /** A page inside another app: its storage is that app's to empty, whatever its engine can do. */
  function isInside() {
    return /MicroMessenger|wxwork|DingTalk|AlipayClient|QQ\/|Weibo|aweme|Lark\//i.test(navigator.userAgent);
  }
  function enrolled() {
    try {
      return localStorage.getItem("xunan-enrolled") === "yes";
    } catch (e) {
      return false;
    }
  }
  function browser() {
    if (!window.isSecureContext) return say(WORDS.insecure, false);
    if (!canKeep()) return say(isInside() ? WORDS.inside : WORDS.browser, false);
    /* Before anything is typed; who has records here must get at them. */
    if (isInside() && !enrolled()) return say(WORDS.inside, true);
    navigator.storage.getDirectory().then(
      function () {
        return navigator.storage.estimate().then(room);
      },
      function () {
        say(WORDS.nowhere, false);
      },
    );
  }

  if (!enough()) say(WORDS.engine, false);
  else if (document.querySelector('meta[name="xunan-host"][content="browser"]')) browser();
})();
