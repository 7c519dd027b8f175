// Starts the app, or says why it cannot be started. The only script of the page that is not built
// from Rust, and the first to run: it uses nothing that an old browser could trip over before it has
// been told what is wrong. (Only import() must be known; that is older than the WebAssembly we need.)
(function () {
  "use strict";

  // The chosen theme, before anything is painted in the other one.
  try {
    var theme = JSON.parse(localStorage.getItem("tiendo06/settings")).theme;
    if (theme === "light" || theme === "dark") {
      document.documentElement.setAttribute("data-theme", theme);
      // For what is painted before the styles are there.
      document.querySelector('meta[name="color-scheme"]').content = theme;
    }
  } catch (_) {
    // Nothing stored, nothing readable, or no storage: as the system has it.
  }

  var ADVICE = {
    file: {
      vi: "Trang này không chạy được khi mở thẳng từ tệp trên máy. Hãy mở qua một máy chủ web, ví dụ bằng lệnh ./dev serve trong thư mục mã nguồn.",
      en: "This page cannot run when opened straight from a file. Open it through a web server, for example with ./dev serve in the source folder.",
    },
    browser: {
      vi: "Trình duyệt này chưa hỗ trợ WebAssembly, hoặc đã tắt. Hãy dùng bản mới của Chrome, Edge, Firefox hoặc Safari.",
      en: "This browser has no WebAssembly, or it is turned off. Use a recent Chrome, Edge, Firefox or Safari.",
    },
    load: {
      vi: "Không tải hoặc không khởi động được ứng dụng. Hãy kiểm tra mạng rồi tải lại trang. Nếu vẫn không được, hãy dùng bản mới của Chrome, Edge, Firefox hoặc Safari, và gửi dòng cuối cho người quản trị trang.",
      en: "The app could not be loaded or started. Check the network and reload the page. If that does not help, use a recent Chrome, Edge, Firefox or Safari, and send the last line to whoever runs this page.",
    },
  };

  // Kept, since an app that died half-way may have taken it out of the page already.
  var boot = document.getElementById("boot");
  var state = document.getElementById("boot-state");

  /** The file that the build named in <meta name=…>, as an absolute address. */
  function built(name) {
    var meta = document.querySelector('meta[name="' + name + '"]');
    if (!meta) throw new Error("no " + name + " in the page");
    return new URL(meta.getAttribute("content"), document.baseURI).href;
  }

  function line(text, lang) {
    var p = document.createElement("p");
    p.textContent = text;
    p.lang = lang;
    return p;
  }

  function refuse(advice, error) {
    // What an app that died half-way has drawn must not pass for a working page.
    document.body.replaceChildren(boot);
    boot.setAttribute("role", "alert");
    boot.classList.add("boot-failed");
    state.remove();
    boot.append(
      line("Không mở được trang.", "vi"),
      line(advice.vi, "vi"),
      line(advice.en, "en"),
    );
    if (error) boot.append(line(String(error), "en"));
  }

  /** Adds a style sheet. The promise is kept when it is there, and broken when it cannot be had. */
  function sheet(href) {
    return new Promise(function (resolve, reject) {
      var link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = href;
      link.onload = resolve;
      link.onerror = function () {
        reject(new Error("no " + href));
      };
      document.head.append(link);
    });
  }
  // The page asks for its styles without waiting for them; here they are put to use.
  var asked = document.querySelector('link[rel="preload"][as="style"]');
  var styled = asked ? sheet(asked.href) : Promise.resolve();
  // Without them the page is plain, but works.
  styled = styled.catch(console.error);

  if (location.protocol === "file:") return refuse(ADVICE.file);
  if (typeof WebAssembly !== "object") return refuse(ADVICE.browser);

  /** Calls back once the file at this address has been loaded, at the latest when asked to. */
  function loaded(address, callback) {
    var called = false;
    function once() {
      if (!called) callback();
      called = true;
    }
    if (typeof PerformanceObserver === "function") {
      new PerformanceObserver(function (list) {
        list.getEntries().forEach(function (entry) {
          if (entry.name === address) once();
        });
      }).observe({ type: "resource", buffered: true });
    }
    return once;
  }

  // The rest of the program and of its styles. It is asked for as soon as the first part has come, so
  // that it takes nothing from it, and no later, so that the page needs no network once it can be used.
  var parted = document.querySelector('meta[name="app-rest"]');
  var rest;
  function fetchRest() {
    rest = Promise.all([program(), sheet(built("app-rest-style"))]);
    // Whoever waits for it is told; until somebody does, this is not an unhandled error.
    rest.catch(function () {});
  }
  function program() {
    if (!parted) return undefined;
    return fetch(built("app-rest"))
      .then(function (response) {
        if (!response.ok) throw new Error(response.status + " " + response.url);
        return response.arrayBuffer();
      })
      // Made ready beside the first part, which is being drawn meanwhile.
      .then(WebAssembly.compile);
  }
  function complete(first) {
    rest
      .then(function (both) {
        return both[0] && WebAssembly.instantiate(both[0], { first: first });
      })
      .then(
        function () {
          // It named what was still to come.
          if (parted) parted.remove();
          document.dispatchEvent(new Event("tiendo06:whole"));
        },
        function (error) {
          console.error(error);
          document.dispatchEvent(new Event("tiendo06:stuck"));
        },
      );
  }

  Promise.resolve()
    .then(function () {
      return Promise.all([import(built("app-module")), styled]);
    })
    .then(function (both) {
      var app = both[0];
      var come = loaded(built("app-wasm"), fetchRest);
      return app.default({ module_or_path: built("app-wasm") }).then(function (first) {
        boot.remove();
        come();
        complete(first);
      });
    })
    .catch(function (error) {
      console.error(error);
      refuse(ADVICE.load, error);
    });
})();
