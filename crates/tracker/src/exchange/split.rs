//! One file as several that hold the same together: what is too large to be read again.

use serde_json::Map;

use super::ExchangeFile;

impl ExchangeFile {
    /// The two halves of a file, in the order of its events. Merging both, in any order, does what
    /// merging the file does. What stands beside the events goes with the first.
    pub fn halves(&self) -> [ExchangeFile; 2] {
        let (first, second) = self.events.split_at(self.events.len() / 2);
        let half = |events: &[_], ext| ExchangeFile {
            app: self.app.clone(),
            plan: self.plan.clone(),
            kind: self.kind,
            unit: self.unit.clone(),
            replica: self.replica.clone(),
            exported_at: self.exported_at.clone(),
            events: events.to_vec(),
            ext,
            extra: self.extra.clone(),
        };
        [half(first, self.ext.clone()), half(second, Map::new())]
    }
}

/// The names of `count` files that were one called `name`: "x.json", or "x_1-2.json" and "x_2-2.json".
pub fn part_names(name: &str, count: usize) -> Vec<String> {
    if count == 1 {
        return vec![name.to_owned()];
    }
    let stem = name.strip_suffix(".json").unwrap_or(name);
    let name = |number: usize| format!("{stem}_{number}-{count}.json");
    (1..=count).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::part_names;

    #[test]
    fn parts_are_numbered() {
        assert_eq!(part_names("a.json", 1), ["a.json"]);
        assert_eq!(
            part_names("a.json", 3),
            ["a_1-3.json", "a_2-3.json", "a_3-3.json"]
        );
    }
}
