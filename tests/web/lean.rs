//! The view layer: what is drawn, what follows, what stays.

use lean::prelude::*;
use leptos::prelude::document;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// A place to draw in, which goes when the test ends.
struct Place {
    root: HtmlElement,
    mounted: Option<lean::Mounted>,
}

impl Place {
    fn with<V: IntoView>(view: impl FnOnce() -> V + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let mounted = Some(lean::mount_in(&root, view));
        Place { root, mounted }
    }

    fn html(&self) -> String {
        self.root.inner_html()
    }

    fn find(&self, selector: &str) -> Element {
        self.root.query_selector(selector).unwrap().unwrap()
    }

    fn click(&self, selector: &str) {
        self.find(selector).unchecked_into::<HtmlElement>().click();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(self.mounted.take());
        self.root.remove();
    }
}

#[wasm_bindgen_test]
fn what_never_changes_is_drawn_as_written() {
    let place = Place::with(|| {
        view! {
            <p class="a">"1 < 2 & " <b>"bold"</b> " end"</p>
            <input type="text" required title="\"quoted\" & <tagged>" />
        }
    });
    let title = place.find("input").get_attribute("title");
    place.find("input").remove();
    assert_eq!(
        place.html(),
        "<p class=\"a\">1 &lt; 2 &amp; <b>bold</b> end</p>"
    );
    assert_eq!(title.as_deref(), Some("\"quoted\" & <tagged>"));
}

#[wasm_bindgen_test]
async fn texts_and_attributes_follow_their_signals() {
    let name = RwSignal::new("an".to_owned());
    let place = Place::with(move || {
        view! {
            <p
                title=move || name.get()
                class:long=move || name.with(|n| n.len() > 2)
                hidden=move || name.with(String::is_empty)
            >
                "Xin chào " {move || name.get()} "!"
            </p>
        }
    });
    assert_eq!(place.html(), "<p title=\"an\">Xin chào an!</p>");
    name.set("bình".to_owned());
    tick().await;
    assert_eq!(
        place.html(),
        "<p title=\"bình\" class=\"long\">Xin chào bình!</p>"
    );
    name.set(String::new());
    tick().await;
    assert_eq!(
        place.html(),
        "<p title=\"\" class=\"\" hidden=\"\">Xin chào !</p>"
    );
}

#[wasm_bindgen_test]
fn text_is_never_read_as_markup() {
    let hostile = "<img src=x onerror=alert(1)>";
    let place = Place::with(move || {
        view! { <p title=hostile.to_owned()>{hostile.to_owned()}</p> }
    });
    assert!(place.root.query_selector("img").unwrap().is_none());
    assert_eq!(place.find("p").text_content().unwrap(), hostile);
    assert_eq!(place.find("p").get_attribute("title").unwrap(), hostile);
}

#[wasm_bindgen_test]
async fn a_closure_draws_what_it_gives_in_its_place() {
    let stage = RwSignal::new(0);
    let place = Place::with(move || {
        view! {
            <div>
                "("
                {move || match stage.get() {
                    0 => "text".into_view(),
                    1 => view! { <i>"one"</i><i>"two"</i> },
                    2 => view! { {move || (stage.get() == 2).then(|| view! { <u>"nested"</u> })} },
                    _ => ().into_view(),
                }}
                ")"
            </div>
        }
    });
    let mut seen = vec![place.html()];
    for next in [1, 2, 3, 1, 0] {
        stage.set(next);
        tick().await;
        seen.push(place.html());
    }
    let inside = [
        "text",
        "<i>one</i><i>two</i>",
        "<u>nested</u>",
        "",
        "<i>one</i><i>two</i>",
        "text",
    ];
    let wanted = inside.map(|inside| format!("<div>({inside})</div>"));
    assert_eq!(seen, wanted);
}

#[wasm_bindgen_test]
async fn what_is_drawn_while_a_condition_holds_is_not_drawn_anew() {
    let number = RwSignal::new(1);
    let place = Place::with(move || {
        when(
            move || number.get() > 0,
            move || view! { <button>{move || number.get().to_string()}</button> },
        )
    });
    let before = place.find("button");
    number.set(2);
    tick().await;
    assert!(place.find("button").is_same_node(Some(&before)));
    assert_eq!(before.text_content().unwrap(), "2");
    number.set(0);
    tick().await;
    assert_eq!(place.html(), "");
}

#[wasm_bindgen_test]
async fn rows_move_and_stay_the_elements_they_were() {
    let items = RwSignal::new(vec!["a", "b", "c", "d"]);
    let drawn = RwSignal::new(0);
    let place = Place::with(move || {
        let row = move |item: &'static str| {
            drawn.update(|n| *n += 1);
            view! { <li id=item>{item}</li> }
        };
        view! { <ul>{each(move || items.get(), |item| *item, row)}</ul> }
    });
    let order = || {
        let list = place.find("ul");
        list.text_content().unwrap()
    };
    let (b, d) = (place.find("#b"), place.find("#d"));
    for (next, text) in [
        (vec!["d", "b", "a", "c"], "dbac"),
        (vec!["b", "x", "d"], "bxd"),
        (vec![], ""),
    ] {
        items.set(next);
        tick().await;
        assert_eq!(order(), text);
        if text.len() > 2 {
            assert!(place.find("#b").is_same_node(Some(&b)));
            assert!(place.find("#d").is_same_node(Some(&d)));
        }
    }
    assert_eq!(drawn.get_untracked(), 5);
    // Two rows of one key are two rows.
    items.set(vec!["a", "a"]);
    tick().await;
    assert_eq!(order(), "aa");
    items.set(vec!["a"]);
    tick().await;
    assert_eq!(order(), "a");
}

#[wasm_bindgen_test]
async fn elements_of_lines_that_go_are_given_to_lines_that_come() {
    // Capital letters are another kind of line.
    let items = RwSignal::new(vec!["a", "b", "c", "D"]);
    let drawn = RwSignal::new(0);
    let place = Place::with(move || {
        let row = move |item: RwSignal<&'static str>| {
            drawn.update(|n| *n += 1);
            view! { <li><a href="#" id=move || item.get()>{move || item.get()}</a></li> }
        };
        let is_capital = |item: &&str| item.starts_with(char::is_uppercase);
        let alike = move |a: &&'static str, b: &&'static str| is_capital(a) == is_capital(b);
        view! { <ul>{recycled(move || items.get(), |item| *item, alike, row)}</ul> }
    });
    let order = || {
        let list = place.find("ul");
        list.text_content().unwrap()
    };
    let show = async |next: &str| {
        let known = ["a", "b", "c", "d", "e", "f", "g", "D", "E"];
        let of = |letter: char| known.into_iter().find(|l| l.starts_with(letter));
        items.set(next.chars().filter_map(of).collect());
        tick().await;
        assert_eq!(order(), next);
    };
    let b = place.find("#b");
    b.unchecked_ref::<HtmlElement>().focus().unwrap();
    let is_focused = || {
        document()
            .active_element()
            .is_some_and(|at| at.is_same_node(Some(&b)))
    };

    // Before and after the one that stays, which is not moved and so keeps the focus.
    let c = place.find("#c");
    show("ebdD").await;
    assert!(place.find("#d").is_same_node(Some(&c)));
    show("efbD").await;
    assert!(place.find("#f").is_same_node(Some(&c)));
    show("bgcD").await;
    assert!(is_focused(), "the line with the focus stays where it is");
    assert_eq!(drawn.get_untracked(), 4, "nothing was drawn anew");

    // Another kind of line is drawn, and so is one in place of that with the focus.
    show("bgcE").await;
    assert_eq!(drawn.get_untracked(), 4);
    show("bgE").await;
    show("bgDE").await;
    assert_eq!(drawn.get_untracked(), 5);
    show("agDE").await;
    assert_eq!(drawn.get_untracked(), 6);
    assert!(!is_focused());
    assert_eq!(
        b.text_content().as_deref(),
        Some("b"),
        "it shows no other line"
    );
}

#[wasm_bindgen_test]
async fn listeners_hear_until_what_they_belong_to_is_gone() {
    let heard = RwSignal::new(0);
    let shown = RwSignal::new(true);
    let place = Place::with(move || {
        when(
            move || shown.get(),
            move || view! { <button on:click=move |_| heard.update(|n| *n += 1)>"+"</button> },
        )
    });
    let button = place.find("button");
    place.click("button");
    place.click("button");
    assert_eq!(heard.get_untracked(), 2);
    shown.set(false);
    tick().await;
    button.unchecked_into::<HtmlElement>().click();
    assert_eq!(heard.get_untracked(), 2);
}

#[wasm_bindgen_test]
async fn a_field_keeps_what_is_typed_until_its_signal_says_otherwise() {
    let text = RwSignal::new("one".to_owned());
    let other = RwSignal::new(0);
    let place = Place::with(move || {
        let value = move || {
            other.get();
            text.get()
        };
        view! { <input prop:value=value /> }
    });
    let field: HtmlInputElement = place.find("input").unchecked_into();
    assert_eq!(field.value(), "one");
    field.set_value("typed");
    other.set(1);
    tick().await;
    assert_eq!(field.value(), "typed");
    text.set("two".to_owned());
    tick().await;
    assert_eq!(field.value(), "two");
}

#[wasm_bindgen_test]
fn parts_of_an_image_are_drawn_as_such() {
    let place = Place::with(|| {
        let part = view! { <circle r="2" /><path d="M0 0" /> };
        view! { <svg viewBox="0 0 4 4">{part}</svg> }
    });
    for name in ["svg", "circle", "path"] {
        let namespace = place.find(name).namespace_uri().unwrap();
        assert_eq!(namespace, "http://www.w3.org/2000/svg", "{name}");
    }
}

#[wasm_bindgen_test]
async fn a_memo_is_computed_only_when_it_may_differ() {
    let number = RwSignal::new(1);
    let computed = RwSignal::new(0);
    let place = Place::with(move || {
        let even = Memo::new(move || {
            computed.update(|n| *n += 1);
            number.get() % 2 == 0
        });
        let drawn = RwSignal::new(0);
        view! {
            <p>{move || even.get().to_string()}</p>
            <p>
                {move || {
                    even.get();
                    drawn.update(|n| *n += 1);
                    drawn.get_untracked().to_string()
                }}
            </p>
        }
    });
    assert_eq!(place.html(), "<p>false</p><p>1</p>");
    number.set(3);
    tick().await;
    assert_eq!(place.html(), "<p>false</p><p>1</p>");
    number.set(4);
    tick().await;
    assert_eq!(place.html(), "<p>true</p><p>2</p>");
    assert_eq!(computed.get_untracked(), 3);
}

#[wasm_bindgen_test]
async fn a_component_is_not_drawn_anew_by_what_it_reads_while_it_sets_up() {
    #[component]
    fn Once(signal: RwSignal<i32>) -> impl IntoView {
        let first = signal.get();
        view! { <p>{first.to_string()}</p> }
    }
    let signal = RwSignal::new(1);
    let again = RwSignal::new(0);
    let place = Place::with(move || {
        move || {
            again.get();
            view! { <Once signal /> }
        }
    });
    let before = place.find("p");
    signal.set(2);
    tick().await;
    assert!(place.find("p").is_same_node(Some(&before)));
    again.set(1);
    tick().await;
    assert_eq!(place.html(), "<p>2</p>");
}
