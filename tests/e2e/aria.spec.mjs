// What a screen reader is told: the views as trees of roles, names and states.
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";

const VIEW = "unit=bo-cong-an&asof=2023-07-01&q=dinh%20danh";

test("a column of the board is a named region with a list of cards", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/board?${VIEW}`);
  await expect(tracker.main).toMatchAriaSnapshot(`
    - heading "Bảng việc" [level=1]
    - status: 15 trong 95 nhiệm vụ của Bộ Công an · 4 quá hạn · tỷ lệ hoàn thành 0%
    - region "Chưa thực hiện, quá hạn (4)":
      - heading "Chưa thực hiện, quá hạn 4" [level=2]
      - list:
        - listitem:
          - article:
            - paragraph: CT05-B-36 quá hạn 92 ngày
            - heading [level=3]:
              - link /Kết nối, chia sẻ dữ liệu đăng ký doanh nghiệp/
            - paragraph: Bộ Kế hoạch và Đầu tư chủ trì · 1 phối hợp · 31/03/2023
            - paragraph: Phối hợp
            - button "Chuyển CT05-B-36 tới…"
        - listitem
        - listitem
        - listitem
  `);
});

test("the table is a grid whose rows say their group, task and state", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/tasks?group=topic&sort=-due&${VIEW}`);
  const grid = tracker.main.getByRole("grid", { name: "Danh sách" });
  await expect(grid).toMatchAriaSnapshot(`
    - rowgroup:
      - row:
        - columnheader:
          - checkbox "Chọn tất cả nhiệm vụ đang hiện"
        - columnheader "Mã":
          - button "Mã"
        - columnheader "Nhiệm vụ":
          - button "Nhiệm vụ"
  `);
  await expect(grid.getByRole("columnheader", { name: "Thời hạn" })).toHaveAttribute("aria-sort", "descending");
  const row = grid.getByRole("row").filter({ hasText: "CT05-B-06" });
  await expect(row.getByRole("checkbox")).not.toBeChecked();
  await expect(row.getByRole("link")).toHaveAccessibleName(/^Hoàn thiện VNeID/);
  await expect(row).toHaveAccessibleName(/Chưa thực hiện, quá hạn/);
});

test("a line of the timeline reads as one sentence", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/timeline?${VIEW}`);
  await expect(tracker.main).toMatchAriaSnapshot(`
    - region "Tiến trình 2022–2030, tính đến ngày 01/07/2023":
      - list "Nhiệm vụ":
        - listitem:
          - heading "05/CT-TTg" [level=2]
          - paragraph: 7 nhiệm vụ, 4 quá hạn
        - listitem:
          - link /^CT05-B-36 .*, hạn 31\\/03\\/2023, quá hạn 92 ngày$/
  `);
});

test("a number of an agency says what it counts", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/agencies?unit=bo-cong-an&asof=2023-07-01");
  await expect(tracker.main.getByRole("table", { name: "Đơn vị" })).toMatchAriaSnapshot(`
    - rowgroup:
      - row:
        - columnheader "Đơn vị"
        - columnheader "Chủ trì đích danh"
    - rowgroup:
      - row:
        - rowheader "Bộ, cơ quan ngang bộ"
      - row:
        - rowheader "Bộ Công an BCA":
          - link "Bộ Công an"
        - cell:
          - link "23 · BCA · Chủ trì đích danh"
  `);
});

test("an open task is a region of named parts, and its form says what is chosen", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/task/CT05-B-06?${VIEW}`);
  await expect(tracker.panel).toMatchAriaSnapshot(`
    - button "Nhiệm vụ trước"
    - text: 2/15
    - button "Nhiệm vụ tiếp theo"
    - button "Đóng nhiệm vụ"
    - paragraph: CT05-B-06 Chưa thực hiện, quá hạn
    - heading [level=2]
    - region "Nội dung nhiệm vụ":
      - paragraph: Bộ Công an chủ trì, được nêu tên trong văn bản.
    - region "Cập nhật tiến độ":
      - radiogroup "Trạng thái":
        - radio "Chưa thực hiện" [checked]
        - radio "Đang thực hiện"
        - radio "Hoàn thành"
      - textbox "Ngày hoàn thành" [disabled]
      - textbox "Tiến độ (%)"
      - textbox "Ghi chú"
      - button "Lưu cập nhật"
    - region "Lịch sử cập nhật":
      - paragraph: Chưa có cập nhật nào.
  `);
  await tracker.status.getByRole("radio", { name: "Hoàn thành" }).press("Space");
  await expect(tracker.form).toMatchAriaSnapshot(`
    - radiogroup "Trạng thái":
      - radio "Hoàn thành" [checked]
    - textbox "Ngày hoàn thành"
  `);
  await expect(tracker.doneOn).toBeEnabled();
});
