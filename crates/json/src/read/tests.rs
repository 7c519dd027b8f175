#![allow(clippy::unwrap_used)]

use std::fmt;

use proptest::prelude::*;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::*;

/// What `serde_json` makes of a text.
fn by_serde(text: &str) -> Result<Value, SyntaxError> {
    let mut duplicate = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Strict {
        duplicate: &mut duplicate,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|error| {
        let before = text
            .split_inclusive('\n')
            .nth(error.line() - 1)
            .unwrap_or("");
        let starts = before.char_indices().filter(|(at, _)| *at < error.column());
        SyntaxError {
            line: error.line(),
            column: starts.count(),
            flaw: match duplicate {
                Some(key) => Flaw::DuplicateKey(key),
                None if error.is_eof() => Flaw::Truncated,
                None => Flaw::NotJson,
            },
        }
    })
}

/// Both readers have the same value, or the same flaw at the same place.
#[track_caller]
fn check(text: &str) {
    match (parse(text), by_serde(text)) {
        // It looks for the end of the object before it says where it is.
        (Err(found), Err(expected)) if matches!(found.flaw, Flaw::DuplicateKey(_)) => {
            assert_eq!(found.flaw, expected.flaw, "{text:?}");
        }
        (found, expected) => assert_eq!(
            found.as_ref().map(bits),
            expected.as_ref().map(bits),
            "{text:?}"
        ),
    }
}

/// A value so that what is written differently differs, -0 and 0 as well.
fn bits(value: &Value) -> String {
    format!("{value:?}")
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |double| double.is_finite())
            .prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
        "[\\x00-\\x1f\"\\\\/\u{7f}\u{e000}\u{1d11e}đ]{0,5}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-cđ\"\n]{0,2}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Texts of the characters that JSON is made of.
fn any_soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[]\\[{}:,\"0-9.eE+\\- \n\\\\]",
        1 => Just("\"a\"".to_owned()),
        1 => Just("\"a\":".to_owned()),
        1 => Just("null".to_owned()),
        1 => Just("true".to_owned()),
        1 => Just("\\u00e9".to_owned()),
        1 => Just("\\ud834\\udd1e".to_owned()),
        1 => "\\PC",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(8259),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_written_is_read(value in any_value(), pretty in any::<bool>()) {
        let text = if pretty {
            serde_json::to_string_pretty(&value)
        } else {
            serde_json::to_string(&value)
        };
        let text = text.unwrap();
        prop_assert_eq!(parse(&text), Ok(value));
        check(&text);
    }

    #[test]
    fn a_text_cut_anywhere_is_flawed_alike(value in any_value()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        for (at, _) in text.char_indices() {
            check(&text[..at]);
        }
    }

    #[test]
    fn a_text_with_flipped_bits_is_read_alike(
        value in any_value(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u32), 1..4),
    ) {
        let mut bytes = serde_json::to_vec_pretty(&value).unwrap();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text_is_read_alike(soup in any_soup()) {
        check(&soup);
    }

    #[test]
    fn numbers_are_read_alike(text in "-?[0-9]{1,25}(\\.[0-9]{1,25})?([eE][+\\-]?[0-9]{1,3})?") {
        check(&text);
    }

    #[test]
    fn decimals_are_rounded_to_the_nearest(text in "-?[1-9][0-9]{0,25}\\.[0-9]{1,25}(e-?[0-9]{1,2})?") {
        let expected: f64 = text.parse().unwrap();
        prop_assert_eq!(parse(&text), Ok(Value::from(expected)));
    }
}

#[test]
fn odd_texts_are_read_alike() {
    for text in [
        "",
        " \n\t\r ",
        "\u{feff}null",
        "\u{a0}1",
        "nul",
        "nulL",
        "null null",
        "truer",
        "False",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1\n,\n2\n",
        "]",
        "{\"a\":1,}",
        "{\"a\":1,",
        "{\"a\" 1}",
        "{\"a\"\n:\n1 \"b\":2}",
        "{a:1}",
        "{1:1}",
        "{'a':1}",
        "{\"\":{\"\":[]}}",
        "\"a",
        "\"a\nb\"",
        "\"\u{0}\"",
        "\"\u{7f}\u{2028}\"",
        "\"\\",
        "\"\\x\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001F\"",
        "\"\\u12\"",
        "\"\\u12",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\\u12đé\"",
        "\"\\uD834\\uDD1E \\udbff\\udfff\"",
        "\"\\ud834\"",
        "\"\\ud834",
        "\"\\ud834\\",
        "\"\\ud834\\n\"",
        "\"\\ud834\\u",
        "\"\\ud834\\u0041\"",
        "\"\\ud834\\ud834\\udd1e\"",
        "\"\\udd1e\"",
        "0",
        "-0",
        "-0.0",
        "0e5",
        "00",
        "-01",
        "+1",
        ".5",
        "5.",
        "5.e1",
        "-",
        "-a",
        "1e",
        "1e+",
        "1e+a",
        "1E-2",
        "1.5e3",
        "0x10",
        "NaN",
        "Infinity",
        "1e308",
        "1e309",
        "1e400",
        "-1e400",
        "1e-400",
        "0e400",
        "[1e400 ",
        "0.1",
        "123456789.125",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "-18446744073709551616",
        "100000000000000000000000000000",
        "0.1000000000000000055511151231257827021181583404541015625",
        "/* */ 1",
        "1 // one",
        "[1,\n  2,\nđ",
    ] {
        check(text);
        check(&format!("[{text}"));
        check(&format!("{{\"đ\":\n{text}}}"));
    }
}

#[test]
fn exponents_of_any_size_are_told_apart() {
    let digits = "9".repeat(30);
    assert_eq!(parse(&format!("1e-{digits}")), Ok(Value::from(0.0)));
    assert_eq!(parse(&format!("0e{digits}")), Ok(Value::from(0.0)));
    assert_eq!(
        parse(&format!("1e{digits}")).unwrap_err(),
        SyntaxError {
            flaw: Flaw::NotJson,
            line: 1,
            column: 32,
        }
    );
}

#[test]
fn nesting_has_an_end() {
    for depth in [126, 127, 128, 129, 100_000] {
        check(&format!("{}1{}", "[".repeat(depth), "]".repeat(depth)));
        check(&"[".repeat(depth));
        check(&"{\"a\":".repeat(depth));
        check(&"[{\"a\":".repeat(depth / 2));
    }
}

#[test]
fn a_key_that_comes_twice_is_refused_where_it_ends() {
    let text = "{\"a\": 1,\n \"đ\": {\"a\": 2},\n \"\\u0061\"  : 3}";
    let expected = SyntaxError {
        flaw: Flaw::DuplicateKey("a".to_owned()),
        line: 3,
        column: 9,
    };
    assert_eq!(parse(text).unwrap_err(), expected);
}

/// Reads a value like `serde_json` does, except for keys that come twice.
struct Strict<'a> {
    duplicate: &'a mut Option<String>,
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Strict {
            duplicate: &mut *self.duplicate,
        })? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if map.contains_key(&key) {
                *self.duplicate = Some(key);
                return Err(A::Error::custom("duplicate key"));
            }
            let value = members.next_value_seed(Strict {
                duplicate: &mut *self.duplicate,
            })?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
