//! The combobox as keys, pointer, input methods and screen readers meet it.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use js_sys::Reflect;
use leptos::prelude::{document, window};
use leptos::task::tick;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

#[path = "combobox/page.rs"]
mod page;

use page::{Page, agencies, frame, refer, send, text};

#[wasm_bindgen_test]
async fn a_closed_field_shows_the_choice_under_its_label() {
    let page = Page::new(Some("bo-cong-an")).await;
    let input = page.input();
    assert_eq!(input.value(), "Bộ Công an");
    assert_eq!(input.placeholder(), "Tìm đơn vị");
    let label = page.find("label").unwrap();
    assert_eq!(label.text_content().as_deref(), Some("Đơn vị của tôi"));
    assert_eq!(label.get_attribute("for"), Some(input.id()));
    assert_eq!(page.attribute("aria-expanded").as_deref(), Some("false"));
    assert_eq!(page.attribute("aria-autocomplete").as_deref(), Some("list"));
    assert_eq!(page.attribute("aria-controls"), Some(page.list().id()));
    assert_eq!(
        page.list().get_attribute("aria-labelledby"),
        Some(label.id())
    );
    assert_eq!(page.attribute("aria-activedescendant"), None);
    assert!(page.labels().is_empty());
    assert_eq!(page.said(), "");
}

#[wasm_bindgen_test]
async fn focus_selects_the_text_and_opens_every_option_with_the_choice_marked() {
    let page = Page::new(Some("don-vi-30")).await;
    page.focus().await;
    assert!(page.is_open());
    assert_eq!(page.selected_text(), "Đơn vị 30");
    assert_eq!(page.labels().len(), 45);
    assert_eq!(page.said(), "45 đơn vị");
    assert_eq!(page.active().as_deref(), Some("Đơn vị 30"));
    let marked = page.all("[role=option][aria-selected=true]");
    assert_eq!(
        marked.iter().map(|option| text(option)).collect::<Vec<_>>(),
        ["Đơn vị 30"]
    );
    let visibility = |option: &str| {
        let check = page.find(&format!("{option} .combobox-check")).unwrap();
        let style = window().get_computed_style(&check).unwrap().unwrap();
        style.get_property_value("visibility").unwrap()
    };
    assert_eq!(visibility("[aria-selected=true]"), "visible");
    assert_eq!(visibility("[aria-selected=false]"), "hidden");
}

#[wasm_bindgen_test]
async fn groups_are_named_by_their_headings() {
    let page = Page::new(None).await;
    page.focus().await;
    let groups = page.all("[role=listbox] > [role=group]");
    let names: Vec<String> = groups
        .iter()
        .map(|group| {
            let heading = group.get_attribute("aria-labelledby").unwrap();
            refer(&heading).text_content().unwrap()
        })
        .collect();
    assert_eq!(names, ["Bộ", "Tỉnh, thành phố", "Khác"]);
}

#[wasm_bindgen_test]
async fn typing_without_diacritics_finds_and_enter_chooses() {
    let page = Page::new(None).await;
    page.focus().await;
    page.type_text("bo cong an").await;
    assert_eq!(page.labels(), ["Bộ Công an BCA"]);
    assert_eq!(page.said(), "1 đơn vị");
    assert_eq!(page.active().as_deref(), Some("Bộ Công an BCA"));
    assert!(
        !page.key("Enter").await,
        "a form around the field would be sent"
    );
    assert_eq!(page.chosen(), ["bo-cong-an"]);
    assert!(!page.is_open());
    assert_eq!(page.input().value(), "Bộ Công an");
    assert_eq!(page.selected_text(), "Bộ Công an");
    assert!(
        page.key("Enter").await,
        "a closed field keeps no key to itself"
    );
}

#[wasm_bindgen_test]
async fn typing_narrows_and_widens_the_same_list() {
    let page = Page::new(None).await;
    page.focus().await;
    page.type_text("bo cong").await;
    assert_eq!(page.labels(), ["Bộ Công an BCA", "Bộ Công Thương BCT"]);
    page.type_text("an").await;
    assert_eq!(page.labels(), ["An Giang", "Bộ Công an BCA"]);
    page.type_text("").await;
    assert_eq!(page.labels().len(), 45);
    assert_eq!(page.labels()[0], "Bộ Công an BCA");
    assert_eq!(page.active(), None);
}

#[wasm_bindgen_test]
async fn keys_move_through_the_list() {
    let page = Page::new(None).await;
    page.focus().await;
    for (key, expected) in [
        ("ArrowDown", "Bộ Công an BCA"),
        ("ArrowDown", "Bộ Công Thương BCT"),
        ("ArrowUp", "Bộ Công an BCA"),
        ("ArrowUp", "Đơn vị 40"),
        ("ArrowDown", "Bộ Công an BCA"),
        ("PageDown", "Đơn vị 6"),
        ("PageDown", "Đơn vị 16"),
        ("PageUp", "Đơn vị 6"),
        ("End", "Đơn vị 40"),
        ("PageDown", "Đơn vị 40"),
        ("ArrowUp", "Đơn vị 39"),
        ("PageDown", "Đơn vị 40"),
        ("Home", "Bộ Công an BCA"),
        ("PageUp", "Bộ Công an BCA"),
    ] {
        assert!(
            !page.key(key).await,
            "{key} would also move the caret or the page"
        );
        assert_eq!(page.active().as_deref(), Some(expected), "{key}");
    }
    assert_eq!(page.chosen(), [""; 0]);
    page.key("ArrowDown").await;
    page.key("Enter").await;
    assert_eq!(page.chosen(), ["bo-cong-thuong"]);
}

#[wasm_bindgen_test]
async fn arrows_open_a_closed_list() {
    let page = Page::new(None).await;
    page.focus().await;
    page.key("Escape").await;
    page.key("ArrowDown").await;
    assert_eq!(page.active().as_deref(), Some("Bộ Công an BCA"));
    page.key("Escape").await;
    page.key("ArrowUp").await;
    assert_eq!(page.active().as_deref(), Some("Đơn vị 40"));
    page.key_with("ArrowUp", &[("altKey", true.into())]).await;
    assert!(!page.is_open());
    page.key_with("ArrowDown", &[("altKey", true.into())]).await;
    assert!(page.is_open());
    assert_eq!(page.active(), None);
}

#[wasm_bindgen_test]
async fn escape_restores_the_choice_and_a_second_one_is_not_taken() {
    let page = Page::new(Some("bo-tu-phap")).await;
    page.focus().await;
    page.type_text("ha").await;
    assert!(!page.key("Escape").await);
    assert!(!page.is_open());
    assert_eq!(page.input().value(), "Bộ Tư pháp");
    assert!(page.has_focus());
    assert!(page.key("Escape").await);
    assert_eq!(page.input().value(), "Bộ Tư pháp");
    assert_eq!(page.chosen(), [""; 0]);
}

#[wasm_bindgen_test]
async fn keys_of_an_input_method_do_nothing() {
    let page = Page::new(Some("bo-tu-phap")).await;
    page.focus().await;
    page.type_text("bo cong").await;
    for composing in [
        ("isComposing", JsValue::TRUE),
        ("keyCode", JsValue::from(229)),
    ] {
        for key in ["Enter", "ArrowDown", "Escape", "Tab"] {
            assert!(
                page.key_with(key, std::slice::from_ref(&composing)).await,
                "{key}"
            );
            assert_eq!(page.active().as_deref(), Some("Bộ Công an BCA"), "{key}");
        }
    }
    assert_eq!(page.chosen(), [""; 0]);
    assert_eq!(page.input().value(), "bo cong");
    page.key("Enter").await;
    assert_eq!(page.chosen(), ["bo-cong-an"]);
}

#[wasm_bindgen_test]
async fn composed_text_narrows_the_list_and_is_left_alone() {
    let page = Page::new(Some("bo-tu-phap")).await;
    page.focus().await;
    let input = page.input();
    input.set_value("hà n");
    input.set_selection_range(2, 2).unwrap();
    send(
        &input,
        "InputEvent",
        "input",
        &[("isComposing", true.into())],
    )
    .await;
    assert_eq!(page.labels(), ["Hà Nội"]);
    assert_eq!(input.value(), "hà n");
    // The caret would be at the end had the page written to the field.
    assert_eq!(input.selection_start().unwrap(), Some(2));
}

#[wasm_bindgen_test]
async fn tab_takes_a_full_name_and_nothing_less() {
    for (typed, chosen, shown) in [
        ("ha noi", Some("ha noi"), "Hà Nội"),
        ("BCT", Some("bo-cong-thuong"), "Bộ Công Thương"),
        ("bo cong", None, "Bộ Tư pháp"),
        ("", None, "Bộ Tư pháp"),
        ("Bộ Tư pháp", None, "Bộ Tư pháp"),
    ] {
        let page = Page::new(Some("bo-tu-phap")).await;
        page.focus().await;
        page.type_text(typed).await;
        assert!(page.key("Tab").await, "the focus has to move on");
        assert!(!page.is_open());
        assert_eq!(
            page.chosen(),
            chosen.into_iter().collect::<Vec<_>>(),
            "{typed}"
        );
        assert_eq!(page.input().value(), shown, "{typed}");
    }
}

#[wasm_bindgen_test]
async fn focus_elsewhere_closes_and_keeps_the_choice() {
    let page = Page::new(Some("bo-tu-phap")).await;
    page.focus().await;
    page.type_text("bo cong").await;
    page.find("#elsewhere").unwrap().focus().unwrap();
    tick().await;
    assert!(!page.is_open());
    assert_eq!(page.input().value(), "Bộ Tư pháp");
    assert_eq!(page.chosen(), [""; 0]);
    assert!(!page.has_focus(), "the focus was taken back");
}

#[wasm_bindgen_test]
async fn a_click_chooses_and_leaves_the_focus_in_the_field() {
    let page = Page::new(None).await;
    page.click(&page.input()).await;
    assert!(page.is_open());
    page.type_text("ha noi").await;
    let option = page.find("[role=option]").unwrap();
    page.click(&option).await;
    assert_eq!(page.chosen(), ["ha noi"]);
    assert_eq!(page.input().value(), "Hà Nội");
    assert!(!page.is_open());
    assert!(page.has_focus());
    page.click(&page.input()).await;
    assert!(page.is_open());
    assert_eq!(page.labels().len(), 45);
    assert_eq!(page.selected_text(), "Hà Nội");
    let option = page.find("[role=option][aria-selected=true]").unwrap();
    page.click(&option).await;
    assert_eq!(
        page.chosen(),
        ["ha noi"],
        "the present choice was reported again"
    );
    assert!(!page.is_open());
}

#[wasm_bindgen_test]
async fn a_click_in_the_open_field_only_moves_the_caret() {
    let page = Page::new(Some("bo-tu-phap")).await;
    page.click(&page.input()).await;
    assert_eq!(page.selected_text(), "Bộ Tư pháp");
    page.click(&page.input()).await;
    assert_eq!(page.selected_text(), "");
    assert!(page.is_open());
}

#[wasm_bindgen_test]
async fn the_button_toggles_the_list_for_the_mouse() {
    let page = Page::new(Some("bo-tu-phap")).await;
    let button = page.find(".combobox-toggle").unwrap();
    assert_eq!(button.tab_index(), -1);
    page.click(&button).await;
    assert!(page.is_open());
    assert!(page.has_focus());
    page.type_text("ha").await;
    page.click(&button).await;
    assert!(!page.is_open());
    assert_eq!(page.input().value(), "Bộ Tư pháp");
    assert!(page.has_focus());
}

#[wasm_bindgen_test]
async fn nothing_found_is_said_and_enter_waits() {
    let page = Page::new(Some("bo-tu-phap")).await;
    page.focus().await;
    page.type_text("xyz").await;
    assert_eq!(page.said(), "Không có đơn vị nào khớp");
    let message = page.find(".combobox-empty").unwrap();
    assert_eq!(
        message.text_content().as_deref(),
        Some("Không có đơn vị nào khớp")
    );
    assert!(message.client_height() > 0 && page.list().client_height() == 0);
    assert_eq!(page.attribute("aria-expanded").as_deref(), Some("false"));
    assert_eq!(page.active(), None);
    for key in ["Enter", "ArrowDown", "ArrowUp", "End", "PageDown"] {
        page.key(key).await;
    }
    assert_eq!(page.input().value(), "xyz");
    assert_eq!(page.chosen(), [""; 0]);
    page.type_text("ha").await;
    assert!(page.is_open());
    assert_eq!(message.client_height(), 0);
}

#[wasm_bindgen_test]
async fn another_language_or_choice_is_shown_at_once() {
    let page = Page::new(Some("bo-cong-an")).await;
    let mut english = agencies();
    english[0].label = "Ministry of Public Security".to_owned();
    page.options.set(english);
    tick().await;
    assert_eq!(page.input().value(), "Ministry of Public Security");
    page.focus().await;
    assert_eq!(page.labels()[0], "Ministry of Public Security BCA");
    page.options.set(agencies());
    tick().await;
    assert_eq!(page.labels()[0], "Bộ Công an BCA");
    assert_eq!(page.labels().len(), 45);
    page.value.set(Some("ha noi".to_owned()));
    tick().await;
    assert_eq!(page.input().value(), "Hà Nội");
    page.value.set(None);
    tick().await;
    assert_eq!(page.input().value(), "");
}

#[wasm_bindgen_test]
async fn a_choice_from_outside_does_not_disturb_typing() {
    let page = Page::new(Some("bo-cong-an")).await;
    page.focus().await;
    page.type_text("ha").await;
    page.value.set(Some("bo-tu-phap".to_owned()));
    tick().await;
    assert_eq!(page.input().value(), "ha");
    page.key("Escape").await;
    assert_eq!(page.input().value(), "Bộ Tư pháp");
}

#[wasm_bindgen_test]
async fn the_active_option_is_scrolled_into_view_below_its_heading() {
    let page = Page::new(Some("don-vi-30")).await;
    let scrolled = |window: &web_sys::Window| window.scroll_y().unwrap();
    let before = scrolled(&window());
    page.focus().await;
    frame().await;
    let visible = |page: &Page| {
        let option = page
            .find(".combobox-option-active")
            .unwrap()
            .get_bounding_client_rect();
        let list = page.list().get_bounding_client_rect();
        let heading = page
            .find(".combobox-heading")
            .unwrap()
            .get_bounding_client_rect()
            .height();
        assert!(
            option.height() >= 32.0,
            "{} px is hard to hit",
            option.height()
        );
        assert!(list.height() < 45.0 * 32.0, "the list does not scroll");
        assert!(
            option.top() >= list.top() + heading - 1.0,
            "{}",
            option.top() - list.top()
        );
        assert!(
            option.bottom() <= list.bottom() + 1.0,
            "{}",
            option.bottom() - list.bottom()
        );
    };
    visible(&page);
    for key in [
        "Home", "End", "PageUp", "PageUp", "PageUp", "ArrowUp", "Home",
    ] {
        page.key(key).await;
        frame().await;
        visible(&page);
    }
    assert!(
        (scrolled(&window()) - before).abs() < 1.0,
        "the page itself was scrolled"
    );
}

#[wasm_bindgen_test]
async fn a_narrow_field_at_the_edge_opens_within_the_window() {
    for style in [
        "position: fixed; top: 0; right: 0; width: 90px",
        "position: fixed; top: 0; left: 0; width: 90px",
        "position: fixed; bottom: 0; right: 60px; width: 90px",
    ] {
        let page = Page::with_style(None, style).await;
        page.focus().await;
        frame().await;
        let popup = page
            .find(".combobox-popup")
            .unwrap()
            .get_bounding_client_rect();
        let root = document().document_element().unwrap();
        assert!(popup.left() >= 0.0, "{style}");
        assert!(popup.right() <= f64::from(root.client_width()), "{style}");
        assert!(popup.width() >= 264.0, "{style}: {} px", popup.width());
        assert!(popup.top() >= 0.0, "{style}");
        assert!(popup.bottom() <= f64::from(root.client_height()), "{style}");
    }
}

#[wasm_bindgen_test]
async fn what_happens_after_the_field_is_gone_is_harmless() {
    // What a listener throws is reported to the window, not to who dispatches.
    let faults = Arc::new(AtomicUsize::new(0));
    let counter = {
        let faults = faults.clone();
        Closure::<dyn Fn()>::new(move || {
            faults.fetch_add(1, Ordering::Relaxed);
        })
    };
    let listener = counter.as_ref().unchecked_ref();
    window()
        .add_event_listener_with_callback("error", listener)
        .unwrap();
    let page = Page::new(None).await;
    page.focus().await;
    page.type_text("ha").await;
    // A focused element that is taken away loses the focus, which is an event of its own.
    page.shown.set(false);
    tick().await;
    assert!(page.find("[role=combobox]").is_none());
    let resize = Event::new("resize").unwrap();
    window().dispatch_event(&resize).unwrap();
    let viewport = Reflect::get(&window(), &"visualViewport".into()).unwrap();
    viewport
        .unchecked_into::<web_sys::EventTarget>()
        .dispatch_event(&resize)
        .unwrap();
    frame().await;
    window()
        .remove_event_listener_with_callback("error", listener)
        .unwrap();
    assert_eq!(faults.load(Ordering::Relaxed), 0);
}

#[wasm_bindgen_test]
async fn an_open_list_follows_the_window() {
    let page = Page::with_style(None, "position: fixed; top: 0; left: 0; width: 90px").await;
    page.focus().await;
    page.root
        .style()
        .set_property("left", "calc(100% - 90px)")
        .unwrap();
    window()
        .dispatch_event(&Event::new("resize").unwrap())
        .unwrap();
    frame().await;
    let popup = page
        .find(".combobox-popup")
        .unwrap()
        .get_bounding_client_rect();
    let root = document().document_element().unwrap();
    assert!(
        popup.right() <= f64::from(root.client_width()),
        "{} px",
        popup.right()
    );
}
