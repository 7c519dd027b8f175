// Journeys through the built page. ./dev test sets CHROMIUM (the browser) and SIRV (the static
// server's script), and has built dist/ before.
import { defineConfig } from "@playwright/test";

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run ./dev test`);
  return value;
}

// Another one lets a second checkout run its tests at the same time.
const PORT = Number(process.env.E2E_PORT || 4606);

export default defineConfig({
  testDir: ".",
  // A test that passes at the second try has not passed.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    // Watching out for a failure takes a tenth of the time, failure or not.
    screenshot: process.env.E2E_PICTURES ? "only-on-failure" : "off",
  },
  projects: [
    {
      name: "chromium",
      use: {
        browserName: "chromium",
        viewport: { width: 1440, height: 900 },
        launchOptions: {
          executablePath: required("CHROMIUM"),
          // No display, GPU or user namespaces needed, and no calls home.
          args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
          ],
        },
      },
    },
  ],
  webServer: {
    command: `"${process.execPath}" "${required("SIRV")}" ../../dist --host 127.0.0.1 --port ${PORT} --etag --maxage 0 --quiet`,
    // The server lets these outweigh its options.
    env: { PORT: "", HOST: "" },
    url: `http://127.0.0.1:${PORT}/`,
    reuseExistingServer: false,
  },
});
