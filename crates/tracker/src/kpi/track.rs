//! Where each task stood, on which days.
//!
//! A track says on which days the [`Point`] of a task changed, and to what. It is found once,
//! by the very rules of [`status`](crate::status) and of the past
//! ([`Ledger::as_of`]), on those days alone on which something can have
//! changed: an update, a completion, a day after a due date, a change of agencies. Any day's
//! figures are then sums over points that are looked up; an update touches the tracks of its task.
//!
//! Where nothing was recorded there is no track: the due date says it all.

use chrono::NaiveDate;

use super::voice::{Voice, said};
use crate::ledger::{Ledger, Status};
use crate::plan::{Plan, Task};
use crate::sorting::positions;
use crate::status::{Bucket, Party, Standing, combine, party_report, standing_for};

/// Where a task stands on a day, as far as figures ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The official bucket.
    pub bucket: Bucket,
    /// Whether any party has begun.
    pub started: bool,
    /// Whether any party reports being blocked.
    pub blocked: bool,
    /// Whether a reviewer sent a report back.
    pub returned: bool,
    /// The due date, with the extensions known on the day.
    pub due: Option<NaiveDate>,
    /// When it was completed, if it was.
    pub completed_on: Option<NaiveDate>,
    /// The day of the last update, in Vietnam; `None` where nobody reported.
    pub updated: Option<NaiveDate>,
}

impl Point {
    /// A task that nobody has reported on.
    fn silent(due: Option<NaiveDate>, day: NaiveDate) -> Point {
        Point {
            bucket: Bucket::of(Status::NotStarted, due, day),
            started: false,
            blocked: false,
            returned: false,
            due,
            completed_on: None,
            updated: None,
        }
    }

    /// What figures ask of a standing.
    pub fn of(standing: &Standing) -> Point {
        Point {
            bucket: standing.bucket,
            started: standing.started,
            blocked: standing.blocked,
            returned: standing.returned,
            due: standing.due,
            completed_on: standing.completed_on,
            updated: standing.updated.map(|at| at.day()),
        }
    }

    /// How many days past its due date a task was completed, or is overdue on `day`.
    pub fn days_late(self, day: NaiveDate) -> i64 {
        let end = match self.bucket {
            Bucket::CompletedLate => self.completed_on,
            bucket if bucket.is_overdue() => Some(day),
            _ => None,
        };
        let days = |(end, due): (NaiveDate, NaiveDate)| (end - due).num_days();
        end.zip(self.due).map_or(0, days).max(0)
    }
}

/// Whose reports say where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's: the whole country.
    Country,
    /// One agency's, by its position in [`Plan::agencies`].
    Agency(usize),
}

/// Whose point it is, as a number, its first day, and the point.
type Step = (u32, NaiveDate, Point);

/// The number of the country; agencies have that of their position.
const COUNTRY: u32 = u32::MAX;

impl Whose {
    fn number(self) -> u32 {
        match self {
            Whose::Country => COUNTRY,
            Whose::Agency(at) => u32::try_from(at).unwrap_or(COUNTRY),
        }
    }
}

/// The tracks of one task.
#[derive(Clone, Debug, Default, PartialEq)]
struct Course {
    due: Option<NaiveDate>,
    /// By whose they are, then by day. Who has none has not been heard of; before the first step
    /// of a track nothing was recorded.
    steps: Vec<Step>,
}

impl Course {
    fn point(&self, whose: Whose, day: NaiveDate) -> Point {
        let number = whose.number();
        let after = self
            .steps
            .partition_point(|(n, from, _)| (*n, *from) <= (number, day));
        match self.steps[..after].last() {
            Some((n, _, point)) if *n == number => *point,
            _ => Point::silent(self.due, day),
        }
    }

    /// Hands over the point of each of `days`, ascending, with its place among them.
    fn walk(&self, whose: Whose, days: &[NaiveDate], each: &mut dyn FnMut(usize, Point)) {
        let number = whose.number();
        let from = self.steps.partition_point(|(n, _, _)| *n < number);
        let mut steps = self.steps[from..].iter().peekable();
        let mut last: Option<Point> = None;
        for (at, day) in days.iter().enumerate() {
            while let Some((_, _, point)) =
                steps.next_if(|(n, from, _)| *n == number && from <= day)
            {
                last = Some(*point);
            }
            each(at, last.unwrap_or_else(|| Point::silent(self.due, *day)));
        }
    }

    /// Adds a step where it is another than the last.
    fn add(&mut self, number: u32, day: NaiveDate, standing: &Standing) {
        let point = Point::of(standing);
        let same = |(n, _, last): &Step| *n == number && *last == point;
        if !self.steps.last().is_some_and(same) {
            self.steps.push((number, day, point));
        }
    }
}

/// The tracks of all tasks of a plan, by what a ledger holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracks {
    courses: Vec<Course>,
    /// Days on which agencies began, ended or handed something over, ascending.
    turns: Vec<NaiveDate>,
    today: NaiveDate,
    /// How many events are in it.
    known: usize,
}

impl Tracks {
    /// The tracks of all tasks. `today` is the day that updates stamped ahead count from.
    pub fn new(plan: &Plan, ledger: &Ledger, today: NaiveDate) -> Tracks {
        let mut tracks = Tracks {
            courses: Vec::with_capacity(plan.tasks().len()),
            turns: turns(plan),
            today,
            known: ledger.len(),
        };
        for task in plan.tasks() {
            let course = tracks.course(plan, ledger, task);
            tracks.courses.push(course);
        }
        tracks
    }

    /// Mends the tracks of the tasks that something was recorded for since.
    ///
    /// `ledger` is the one of before with more in it. Returns the positions of these tasks.
    pub fn follow(&mut self, plan: &Plan, ledger: &Ledger) -> Vec<usize> {
        let mut touched = Vec::new();
        let mut is_touched = vec![false; self.courses.len()];
        for event in ledger.since(self.known) {
            if let Some(at) = plan.task_position(event.subject())
                && let Some(known) = is_touched.get_mut(at)
                && !std::mem::replace(known, true)
            {
                touched.push(at);
                self.refresh(plan, ledger, at);
            }
        }
        self.known = ledger.len();
        touched
    }

    /// Finds the tracks of the task at this position anew.
    pub fn refresh(&mut self, plan: &Plan, ledger: &Ledger, task: usize) {
        if let Some(entry) = plan.tasks().get(task) {
            let course = self.course(plan, ledger, entry);
            if let Some(known) = self.courses.get_mut(task) {
                *known = course;
            }
        }
    }

    /// Where the task at this position of the plan stands on `day`.
    pub fn point(&self, task: usize, whose: Whose, day: NaiveDate) -> Point {
        match self.courses.get(task) {
            Some(course) => course.point(whose, day),
            None => Point::silent(None, day),
        }
    }

    /// Where the task at this position of the plan stands on each of `days`, ascending: handed over
    /// with the place of the day among them. Cheaper than to ask for each [`point`](Tracks::point).
    pub(super) fn walk(
        &self,
        task: usize,
        whose: Whose,
        days: &[NaiveDate],
        each: &mut dyn FnMut(usize, Point),
    ) {
        if let Some(course) = self.courses.get(task) {
            course.walk(whose, days, each);
        }
    }

    /// The tracks of `task`.
    fn course(&self, plan: &Plan, ledger: &Ledger, task: &Task) -> Course {
        let due = task.deadline.due();
        let mut voices = Vec::new();
        for unit in ledger.units_of(&task.id) {
            let voice = Voice::new(unit, ledger, &task.id, self.today);
            if !voice.reports.is_empty() {
                voices.push(voice);
            }
        }
        let mut course = Course {
            due,
            ..Course::default()
        };
        if voices.is_empty() {
            return course;
        }
        let mut days = self.turns.clone();
        days.extend(due.and_then(|due| due.succ_opt()));
        for voice in &voices {
            voice.add_days(&mut days);
        }
        let first = voices.iter().filter_map(|v| v.reports.first()).map(|r| r.0);
        let first = first.min();
        days.retain(|day| Some(*day) >= first);
        let days = ascending(days);

        let era = |day| self.turns.partition_point(|turn| *turn <= day);
        // Ascending, and the country after them.
        for at in heard(plan, task, &voices) {
            let agency = &plan.agencies()[at];
            let number = Whose::Agency(at).number();
            let mut before: (Option<usize>, Option<String>) = (None, None);
            let mut heard = false;
            for &day in &days {
                if before.0 != Some(era(day)) {
                    before = (Some(era(day)), plan.led_before(task, agency, day));
                }
                let said = |unit: &str| said(&voices, unit, day);
                let report = standing_for(said(&agency.id), before.1.as_deref().and_then(said));
                heard |= report.is_some();
                if heard {
                    course.add(number, day, &combine(&[report], due, day));
                }
            }
        }
        let mut parties: (Option<usize>, Vec<Party>) = (None, Vec::new());
        let mut reports = Vec::new();
        for &day in &days {
            if parties.0 != Some(era(day)) {
                parties = (Some(era(day)), plan.parties(task, day));
            }
            let said = |unit: &str| said(&voices, unit, day);
            reports.clear();
            reports.extend(parties.1.iter().map(|party| party_report(&said, party)));
            course.add(COUNTRY, day, &combine(&reports, due, day));
        }
        course.steps.shrink_to_fit();
        course
    }
}

/// The positions of the agencies whose own list may show what was said: those who said it, and
/// those who may have inherited from them on some day.
fn heard(plan: &Plan, task: &Task, voices: &[Voice<'_>]) -> Vec<usize> {
    let mut heard: Vec<usize> = Vec::new();
    let mut ids: Vec<&str> = voices.iter().map(|voice| voice.unit).collect();
    while let Some(id) = ids.pop() {
        let Some(at) = plan.agency_position(id) else {
            continue;
        };
        if heard.contains(&at) {
            continue;
        }
        heard.push(at);
        let agency = &plan.agencies()[at];
        ids.extend(agency.successors.iter().map(|s| s.agency.as_str()));
        let stated = task.inherited.iter().filter(|i| i.from == id);
        ids.extend(stated.flat_map(|i| &i.to).map(String::as_str));
    }
    let order = positions(heard.len(), &mut |a, b| heard[a].cmp(&heard[b]));
    order.into_iter().map(|at| heard[at]).collect()
}

/// The days on which it can have changed whom a task binds.
pub(super) fn turns(plan: &Plan) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    for agency in plan.agencies() {
        days.extend(agency.valid_from);
        days.extend(agency.valid_to.and_then(|to| to.succ_opt()));
        days.extend(agency.successors.iter().map(|s| s.from));
    }
    ascending(days)
}

/// The days in order, each once.
pub(super) fn ascending(days: Vec<NaiveDate>) -> Vec<NaiveDate> {
    let mut sorted: Vec<NaiveDate> = Vec::with_capacity(days.len());
    for at in positions(days.len(), &mut |a, b| days[a].cmp(&days[b])) {
        if sorted.last() != Some(&days[at]) {
            sorted.push(days[at]);
        }
    }
    sorted
}
