//! Texts with places for arguments.

use tracker::text::Argument::{Count, Text};
use tracker::text::Lang::{En, Vi};
use tracker::text::{Argument, Words, fill};

#[track_caller]
fn check(template: &str, arguments: &[Argument<'_>], vi: &str, en: &str) {
    assert_eq!(
        fill(template, arguments, Vi),
        vi,
        "{template} in Vietnamese"
    );
    assert_eq!(fill(template, arguments, En), en, "{template} in English");
}

#[track_caller]
fn same(template: &str, arguments: &[Argument<'_>], want: &str) {
    check(template, arguments, want, want);
}

#[test]
fn a_text_without_places_stays() {
    same("", &[], "");
    same("Sổ theo dõi", &[], "Sổ theo dõi");
    same("Sổ theo dõi", &[Text("thừa")], "Sổ theo dõi");
}

#[test]
fn every_place_gets_its_argument() {
    same("{0}", &[Text("Bộ Công an")], "Bộ Công an");
    same("của {0}.", &[Text("Huế")], "của Huế.");
    same("{1} → {0}", &[Text("a"), Text("b")], "b → a");
    same("{0}{1}{0}", &[Text("đ"), Text("ộ")], "độđ");
    same("“{0}”", &[Text("")], "“”");
    let many: Vec<String> = (0..12).map(|i| format!("<{i}>")).collect();
    let many: Vec<Argument<'_>> = many.iter().map(|text| Text(text)).collect();
    same("{11}{1}{10}", &many, "<11><1><10>");
}

#[test]
fn what_is_put_in_is_not_read_again() {
    same("{0} {1}", &[Text("{1}"), Text("{0|a|b}")], "{1} {0|a|b}");
    same("{0}", &[Text("}{")], "}{");
}

#[test]
fn counts_have_their_thousands_separated() {
    same("còn {0} ngày", &[Count(0)], "còn 0 ngày");
    same("còn {0} ngày", &[Count(999)], "còn 999 ngày");
    check("{0}", &[Count(1234)], "1.234", "1,234");
    check(
        "{0}",
        &[Count(4_000_000_000)],
        "4.000.000.000",
        "4,000,000,000",
    );
}

#[test]
fn exactly_one_has_the_first_form() {
    for (count, want) in [
        (0, "0 ngày lẻ"),
        (1, "1 một"),
        (2, "2 ngày lẻ"),
        (21, "21 ngày lẻ"),
    ] {
        same("{0} {0|một|ngày lẻ}", &[Count(count)], want);
    }
    check(
        "{0} {0|day|days}",
        &[Count(1001)],
        "1.001 days",
        "1,001 days",
    );
    same("{1|is|are} {0}", &[Text("x"), Count(1)], "is x");
    same("{0||s}.", &[Count(1)], ".");
    same("{0||s}.", &[Count(3)], "s.");
}

#[test]
fn a_place_that_no_argument_fits_stays() {
    same("{0}", &[], "{0}");
    same("a {1} b {0}", &[Text("x")], "a {1} b x");
    same("{0|one|other}", &[], "{0|one|other}");
    same("{0|one|other}", &[Text("1")], "{0|one|other}");
    same("{0|one}", &[Count(1)], "{0|one}");
    same("{name}", &[Text("x")], "{name}");
}

#[test]
fn words_are_put_in_as_they_are() {
    #[track_caller]
    fn words(of: impl Words, want: &str) {
        assert_eq!(of.words(), want);
    }
    let text = "Thừa Thiên Huế".to_owned();
    words("độ", "độ");
    words(&text, "Thừa Thiên Huế");
    let nested: &&str = &text.as_str();
    words(nested, "Thừa Thiên Huế");
    words(text, "Thừa Thiên Huế");
    words(1234_u32, "1234");
    words(1234_u64, "1234");
    words(1234_usize, "1234");
}
