// Makes plans of any size for measuring: the documents, agencies and topics of data/, and tasks that
// are drawn from word lists by a seed. The same seed gives the same bytes, on any machine.
//
// node bench/plan.mjs <number of tasks> <file>
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { data, numbers } from "./seeded.mjs";

const SEED = 20220106;

const ACTIONS = [
  ["Hoàn thiện", "Complete"], ["Rà soát", "Review"], ["Số hóa", "Digitize"], ["Kết nối", "Connect"],
  ["Làm sạch", "Cleanse"], ["Đồng bộ", "Align"], ["Ban hành", "Issue"], ["Trình", "Submit"],
  ["Triển khai", "Roll out"], ["Mở rộng", "Extend"], ["Kiểm tra", "Inspect"], ["Tái cấu trúc", "Restructure"],
  ["Nâng cấp", "Upgrade"], ["Chuẩn hóa", "Standardize"], ["Công bố", "Publish"], ["Thí điểm", "Pilot"],
  ["Sơ kết", "Take stock of"], ["Bố trí kinh phí cho", "Fund"], ["Đào tạo cán bộ về", "Train officials in"],
  ["Hướng dẫn địa phương về", "Guide localities on"],
];
const THINGS = [
  ["cơ sở dữ liệu quốc gia về dân cư", "the national population database"],
  ["dịch vụ công trực tuyến toàn trình", "end-to-end online public services"],
  ["hồ sơ sức khỏe điện tử", "electronic health records"],
  ["tài khoản định danh điện tử", "electronic identification accounts"],
  ["dữ liệu hộ tịch", "civil status data"], ["dữ liệu đất đai", "land data"],
  ["chữ ký số cho người dân", "digital signatures for citizens"],
  ["thẻ căn cước gắn chip", "chip-based identity cards"],
  ["chi trả an sinh xã hội không dùng tiền mặt", "cashless social security payments"],
  ["hệ thống thông tin giải quyết thủ tục hành chính", "the system for handling administrative procedures"],
  ["trung tâm dữ liệu", "the data centre"], ["quy trình nội bộ điện tử", "electronic internal procedures"],
  ["học bạ số", "digital school records"], ["bảo hiểm y tế bằng căn cước", "health insurance by identity card"],
  ["cấp đổi giấy phép lái xe", "the renewal of driving licences"], ["thông báo lưu trú", "notices of residence"],
  ["hóa đơn điện tử từ máy tính tiền", "electronic invoices from cash registers"],
  ["mã số thuế cá nhân", "personal tax codes"], ["an toàn thông tin cấp độ 4", "information security at level 4"],
  ["liên thông khai sinh, đăng ký thường trú", "linked birth and residence registration"],
  ["lý lịch tư pháp trên VNeID", "criminal records on VNeID"], ["sổ bảo hiểm xã hội", "social insurance books"],
  ["dữ liệu doanh nghiệp", "business data"], ["phí, lệ phí trực tuyến", "online fees and charges"],
  ["xác thực sinh trắc học", "biometric authentication"], ["vé điện tử giao thông công cộng", "public transport e-tickets"],
];
const SCOPES = [
  ["ở cấp xã", "at commune level"], ["ở bộ phận một cửa", "at one-stop shops"], ["trong ngành y tế", "in the health sector"],
  ["trong ngành giáo dục", "in the education sector"], ["cho người cao tuổi", "for the elderly"],
  ["cho đồng bào vùng sâu, vùng xa", "for remote communities"], ["tại các ngân hàng thương mại", "at commercial banks"],
  ["giai đoạn 1", "in phase 1"], ["giai đoạn 2", "in phase 2"], ["theo Nghị quyết mới", "under the new resolution"],
  ["phục vụ chỉ đạo, điều hành", "for direction and administration"], ["cho doanh nghiệp nhỏ và vừa", "for small and medium enterprises"],
  ["tại cửa khẩu", "at border gates"], ["trên toàn quốc", "nationwide"], ["theo thời gian thực", "in real time"],
  ["bảo đảm thông suốt", "without interruption"],
];
const RESULTS = [
  ["Báo cáo kết quả", "Report on results"], ["Quyết định ban hành", "Decision issued"], ["Phần mềm đưa vào vận hành", "Software in operation"],
  ["Dữ liệu đã làm sạch", "Cleansed data"], ["Kế hoạch triển khai", "Implementation plan"], ["Văn bản hướng dẫn", "Guidance"],
];

const two = (n) => String(n).padStart(2, "0");

/** A plan of so many tasks, as an object. */
export function makePlan(count, seed = SEED) {
  const next = numbers(seed);
  const under = (n) => Math.floor(next() * n);
  const one = (list) => list[under(list.length)];
  const manifest = data("plan");
  const documents = data("documents");
  const agencies = data("agencies");
  const assigning = documents.filter((d) => d.assigns).map((d) => d.id);
  const bodies = agencies.filter((a) => a.kind !== "collective").map((a) => a.id);
  const groups = agencies.filter((a) => a.kind === "collective").map((a) => a.id);
  const deadline = () => {
    const kind = next();
    const [year, month] = [2022 + under(6), 1 + under(12)];
    const period = one([`${year}-${two(month)}`, `${year}-Q${Math.ceil(month / 3)}`, `${year}`, `${year}-${two(month)}-${two(1 + under(28))}`]);
    if (kind < 0.65) return { kind: "by", period };
    if (kind < 0.7) return { kind: "from", period };
    if (kind < 0.85) return { kind: "ongoing" };
    return { kind: kind < 0.92 ? "per_document" : "none" };
  };
  const tasks = [];
  for (let i = 1; i <= count; i += 1) {
    const [action, thing, scope, result] = [one(ACTIONS), one(THINGS), one(SCOPES), one(RESULTS)];
    const leads = next() < 0.12 ? [one(groups)] : [...new Set(Array.from({ length: next() < 0.85 ? 1 : 2 }, () => one(bodies)))];
    const coordinators = [...new Set(Array.from({ length: under(5) }, () => one(bodies)))].filter((id) => !leads.includes(id));
    const batch = 1 + under(40);
    tasks.push({
      id: `NV-${String(i).padStart(6, "0")}`,
      document: one(assigning),
      group: null,
      number: i,
      title: { vi: `${action[0]} ${thing[0]} ${scope[0]}, đợt ${batch}`, en: `${action[1]} ${thing[1]} ${scope[1]}, batch ${batch}` },
      leads,
      lead_basis: "named",
      coordinators,
      deadline: deadline(),
      deliverable: next() < 0.7 ? { vi: `${result[0]} về ${thing[0]}`, en: `${result[1]} on ${thing[1]}` } : null,
      topic: one(manifest.topics).id,
      indicators: [],
      bottlenecks: [],
      source: { section: { vi: `Phụ lục, mục ${under(30) + 1}, số ${i}`, en: `Appendix, part ${under(30) + 1}, no. ${i}` }, note: null },
    });
  }
  manifest.id = `bench-${count}`;
  manifest.title = { vi: `Bộ đo ${count} nhiệm vụ`, en: `Measuring plan of ${count} tasks` };
  return { plan: manifest, documents, agencies, tasks, indicators: [], observations: [], bottlenecks: [] };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [count, file] = process.argv.slice(2);
  writeFileSync(file, JSON.stringify(makePlan(Number(count))));
}
