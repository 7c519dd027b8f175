//! Which options answer a typed text, and in what order.
//!
//! Every word typed must be found in the option's search text. Where it is
//! found decides the place in the list: an option named or abbreviated exactly
//! so comes before one that merely holds the words, and a word found inside
//! another one comes last.

use tracker::sorting::positions;
use tracker::text::{fold, fold_marked};

use super::ComboOption;

/// Options under one heading, in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The heading; empty for options that have none.
    pub name: String,
    /// At least one option.
    pub options: Vec<ComboOption>,
}

/// The options that match `query`, grouped; all of them if it is blank.
///
/// A group takes the place of its first option in `options`, unless another
/// group holds a better match. An option whose value came before is left out:
/// the list is keyed by value.
pub(super) fn matching(options: &[ComboOption], query: &str) -> Vec<Group> {
    let query = fold(query);
    let words: Vec<&str> = query
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    // In order, so that a long list is searched fast.
    let mut seen: Vec<&str> = Vec::new();
    let mut ranked: Vec<(String, Vec<(Rank, &ComboOption)>)> = Vec::new();
    for option in options {
        let Some(rank) = rank(option, &query, &words) else {
            continue;
        };
        match seen.binary_search(&option.value.as_str()) {
            Ok(_) => continue,
            Err(place) => seen.insert(place, &option.value),
        }
        match ranked.iter_mut().find(|(name, _)| *name == option.group) {
            Some((_, group)) => group.push((rank, option)),
            None => ranked.push((option.group.clone(), vec![(rank, option)])),
        }
    }
    // Both sorts are stable: among equals the caller's order stands.
    let best = |group: &Vec<(Rank, &ComboOption)>| group.iter().map(|(rank, _)| *rank).min();
    let order = positions(ranked.len(), &mut |a, b| {
        best(&ranked[a].1).cmp(&best(&ranked[b].1))
    });
    order
        .into_iter()
        .map(|i| &ranked[i])
        .map(|(name, group)| Group {
            name: name.clone(),
            options: positions(group.len(), &mut |a, b| group[a].0.cmp(&group[b].0))
                .into_iter()
                .map(|i| group[i].1.clone())
                .collect(),
        })
        .collect()
}

/// The one option that `text` names by its label or its detail.
///
/// With its diacritics first: where two names differ only by them, only the
/// exact one is meant. `None` if several options are named alike.
pub(super) fn named<'a>(options: &'a [ComboOption], text: &str) -> Option<&'a ComboOption> {
    [fold_marked, fold].into_iter().find_map(|key| {
        let wanted = key(text);
        if wanted.is_empty() {
            return None;
        }
        let mut found = options
            .iter()
            .filter(|option| key(&option.label) == wanted || key(&option.detail) == wanted);
        let first = found.next()?;
        found
            .all(|other| other.value == first.value)
            .then_some(first)
    })
}

/// How well an option matches, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Its label or its detail is what was typed.
    Named,
    /// Its search text begins with what was typed.
    Begins,
    /// What was typed stands in it as it is, from the start of a word.
    Phrase,
    /// Every typed word begins a word of it.
    WordStarts,
    /// Some typed word is only found inside a word.
    Inside,
}

fn rank(option: &ComboOption, query: &str, words: &[&str]) -> Option<Rank> {
    if query.is_empty() {
        // Everything matches nothing typed, in the caller's order.
        return Some(Rank::Named);
    }
    let text = option.search.as_str();
    if words.is_empty() || !words.iter().all(|word| text.contains(word)) {
        return None;
    }
    Some(
        if fold(&option.label) == query || fold(&option.detail) == query {
            Rank::Named
        } else if text.starts_with(query) {
            Rank::Begins
        } else if begins_a_word(text, query) {
            Rank::Phrase
        } else if words.iter().all(|word| begins_a_word(text, word)) {
            Rank::WordStarts
        } else {
            Rank::Inside
        },
    )
}

fn begins_a_word(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        !text[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(label: &str, detail: &str, aliases: &str, group: &str) -> ComboOption {
        ComboOption {
            value: fold(label).replace(' ', "-"),
            label: label.to_owned(),
            detail: detail.to_owned(),
            group: group.to_owned(),
            search: fold(&format!("{label} {detail} {aliases}")),
        }
    }

    fn options() -> Vec<ComboOption> {
        vec![
            option("Bộ Công an", "BCA", "", "Bộ"),
            option("Bộ Công Thương", "BCT", "", "Bộ"),
            option("Bộ Lao động - Thương binh và Xã hội", "BLĐTBXH", "", "Bộ"),
            option("Bảo hiểm xã hội Việt Nam", "BHXHVN", "", "Cơ quan khác"),
            option("An Giang", "", "", "Tỉnh"),
            option("Hà Nội", "", "Thủ đô", "Tỉnh"),
            option("Quảng Ninh", "", "", "Tỉnh"),
        ]
    }

    /// The labels found, a group's heading before its options.
    fn found(query: &str) -> Vec<String> {
        matching(&options(), query)
            .into_iter()
            .flat_map(|group| {
                let labels: Vec<String> = group.options.into_iter().map(|o| o.label).collect();
                [vec![format!("# {}", group.name)], labels].concat()
            })
            .collect()
    }

    #[test]
    fn nothing_typed_shows_everything_in_the_given_order() {
        for blank in ["", "   "] {
            let groups = matching(&options(), blank);
            assert_eq!(
                groups.iter().map(|g| g.options.len()).collect::<Vec<_>>(),
                [3, 1, 3]
            );
            assert_eq!(
                groups
                    .into_iter()
                    .flat_map(|g| g.options)
                    .collect::<Vec<_>>(),
                options()
            );
        }
    }

    #[test]
    fn words_match_without_diacritics_and_in_any_order() {
        assert_eq!(found("bo cong an"), ["# Bộ", "Bộ Công an"]);
        assert_eq!(found("BỘ CÔNG AN"), ["# Bộ", "Bộ Công an"]);
        assert_eq!(found("cong bo t"), ["# Bộ", "Bộ Công Thương"]);
        assert_eq!(
            found("lao động – thương"),
            ["# Bộ", "Bộ Lao động - Thương binh và Xã hội"]
        );
        assert_eq!(found("thủ đô hà"), ["# Tỉnh", "Hà Nội"]);
    }

    #[test]
    fn every_word_must_be_found() {
        assert_eq!(found("bo cong xyz"), [""; 0]);
        assert_eq!(found("?!"), [""; 0]);
    }

    #[test]
    fn a_better_match_brings_its_group_forward() {
        assert_eq!(
            found("an"),
            ["# Tỉnh", "An Giang", "Quảng Ninh", "# Bộ", "Bộ Công an"]
        );
        assert_eq!(found("bca"), ["# Bộ", "Bộ Công an"]);
        assert_eq!(
            found("xa hoi"),
            [
                "# Bộ",
                "Bộ Lao động - Thương binh và Xã hội",
                "# Cơ quan khác",
                "Bảo hiểm xã hội Việt Nam"
            ]
        );
    }

    #[test]
    fn a_repeated_value_is_shown_once() {
        let twice = [options(), options()].concat();
        assert_eq!(matching(&twice, ""), matching(&options(), ""));
    }

    fn name(text: &str) -> Option<String> {
        named(&options(), text).map(|option| option.label.clone())
    }

    #[test]
    fn a_full_name_or_abbreviation_names_its_option() {
        assert_eq!(name("Bộ Công an").as_deref(), Some("Bộ Công an"));
        assert_eq!(name("  bo cong  an ").as_deref(), Some("Bộ Công an"));
        assert_eq!(name("bca").as_deref(), Some("Bộ Công an"));
        assert_eq!(name("Bộ Công"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn names_that_differ_by_diacritics_are_told_apart() {
        let pair = [
            option("Tân An", "", "", ""),
            ComboOption {
                value: "other".to_owned(),
                ..option("Tấn An", "", "", "")
            },
        ];
        let told = |text| named(&pair, text).map(|option| option.label.as_str());
        assert_eq!(told("tân an"), Some("Tân An"));
        assert_eq!(told("Tấn An"), Some("Tấn An"));
        assert_eq!(told("tan an"), None);
    }
}
