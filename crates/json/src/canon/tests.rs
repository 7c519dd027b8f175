#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write_value(&mut out, value);
    out
}

/// Keys and strings from every corner of Unicode, numbers of every size.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|double| json!(if double.is_finite() { double } else { 0.0 })),
        any::<String>().prop_map(Value::from),
        "[\\x00-\\x1f\"\\\\/\u{7f}\u{e000}\u{1d11e}đ]{0,5}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let key = prop_oneof![any::<String>(), "[\u{e000}\u{fb33}\u{1d11e}aZđ\\n]{0,3}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(8785),
        ..ProptestConfig::default()
    })]

    #[test]
    fn agrees_with_the_canonicalizer(value in any_value()) {
        prop_assert_eq!(canonical(&value), serde_json_canonicalizer::to_string(&value).unwrap());
    }

    #[test]
    fn doubles_agree_with_the_canonicalizer(bits in any::<u64>(), digits in 0_u64..1_000_000_000) {
        agrees(f64::from_bits(bits));
        for power in [1e-13, 1e-9, 1e-4, 1.0, 1e12, 1e14] {
            agrees(digits as f64 * power);
            agrees(digits as f64 / power);
        }
    }

    #[test]
    fn a_member_can_be_cut(value in any_value(), cut in "[a-e]", keys in "[a-e]{0,4}") {
        let mut map: Map<String, Value> =
            keys.chars().map(|key| (key.to_string(), value.clone())).collect();
        let mut text = "before".to_owned();
        let range = write_object(&mut text, &map, &cut);
        let had = map.remove(&cut).is_some();
        prop_assert_eq!(range.is_empty(), !had);
        text.replace_range(range, "");
        prop_assert_eq!(&text["before".len()..], canonical(&Value::Object(map)));
    }

    #[test]
    fn what_is_kept_reads_back_the_same(mut value in any_value()) {
        if normalise(&mut value, 0).is_ok() {
            let back: Value = serde_json::from_str(&canonical(&value)).unwrap();
            let mut again = back.clone();
            prop_assert!(normalise(&mut again, 0).is_ok());
            prop_assert_eq!(again, value);
        }
    }
}

/// Checks the text of a double, of its negative and of its neighbours.
#[track_caller]
fn agrees(double: f64) {
    for double in [double, -double, double.next_up(), double.next_down()] {
        if let Some(number) = Number::from_f64(double) {
            let mut out = String::new();
            write_number(&mut out, &number);
            assert_eq!(out, serde_json_canonicalizer::to_string(&number).unwrap());
        }
    }
}

#[test]
fn doubles_at_every_power_agree_with_the_canonicalizer() {
    // Every power of two, where the gap between doubles changes, and of ten,
    // where the text gains a digit.
    for exponent in -1074..1024 {
        agrees(f64::powi(2.0, exponent));
        agrees(3.0 * f64::powi(2.0, exponent));
    }
    // Few binary digits and short decimals: those half-way between two texts.
    for odd in (5..1000).step_by(2) {
        for exponent in -60..-15 {
            agrees(f64::from(odd) * f64::powi(2.0, exponent));
        }
    }
    for exponent in -324..309 {
        for digit in 1..10 {
            agrees(format!("{digit}e{exponent}").parse().unwrap());
        }
    }
    for double in [
        0.0,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::EPSILON,
        5e-324,
        1.0 / 3.0,
    ] {
        agrees(double);
    }
}

#[test]
fn doubles_as_in_rfc_8785() {
    // Its appendix B, by bits.
    for (bits, text) in [
        (0x0000_0000_0000_0000, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] {
        let number = Number::from_f64(f64::from_bits(bits)).unwrap();
        let mut out = String::new();
        write_number(&mut out, &number);
        assert_eq!(out, text, "{bits:x}");
    }
}

#[test]
fn example_of_rfc_8785() {
    let text = r#"{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"#;
    let expected = "{\"literals\":[null,true,false],\
        \"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
        \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
    assert_eq!(canonical(&serde_json::from_str(text).unwrap()), expected);
}

#[test]
fn keys_are_in_the_order_of_rfc_8785() {
    let map = json!({
        "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7
    });
    assert_eq!(
        canonical(&map),
        "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
    );
}

#[test]
fn numbers_take_one_form() {
    let mut value = json!([1.0, -0.0, 1e15, 0.5, 1e300]);
    normalise(&mut value, 0).unwrap();
    assert_eq!(value, json!([1, 0, 1_000_000_000_000_000_i64, 0.5, 1e300]));
}

#[test]
fn integers_that_a_double_rounds_are_refused() {
    for (text, kept) in [
        ("9007199254740991", true),
        ("9007199254740992", true),
        ("9007199254740993", false),
        ("-9007199254740993", false),
        ("18446744073709551615", false),
        ("1152921504606847000", true),
        ("1152921504606846976", true),
        ("1152921504606846977", false),
    ] {
        let mut value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(normalise(&mut value, 0).is_ok(), kept, "{text}");
    }
}

#[test]
fn a_flaw_says_where() {
    let mut value = json!({"a": [1, {"b": u64::MAX}]});
    assert_eq!(normalise(&mut value, 0).unwrap_err().path(), "a[1].b");
    let mut deep = json!(1);
    for _ in 0..MAX_DEPTH {
        deep = json!([deep]);
    }
    assert!(normalise(&mut deep.clone(), 0).is_ok());
    assert!(normalise(&mut deep, 1).is_err());
}
