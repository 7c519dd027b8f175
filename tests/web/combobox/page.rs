//! A combobox mounted on its own, and what a person does to it and perceives of it.

use std::sync::{Arc, Mutex};

use js_sys::{Array, Function, Object, Promise, Reflect};
use lean::prelude::*;
use leptos::prelude::{document, request_animation_frame, window};
use leptos::task::tick;
use tiendo06::components::combobox::{ComboOption, Combobox};
use tracker::text::fold;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// Sizes and places are of the real style sheet; its tokens are the design's.
const STYLE: &str = concat!(
    ":root { --space-1: 4px; --space-2: 8px; --space-3: 12px; --text-13: 13px; --text-14: 14px; \
     --text-16: 16px; --line: gray; --line-strong: gray; --focus: blue; --surface-1: white; }",
    include_str!("../../../style/combobox.css"),
);

fn option(value: &str, label: &str, detail: &str, group: &str) -> ComboOption {
    ComboOption {
        value: value.to_owned(),
        label: label.to_owned(),
        detail: detail.to_owned(),
        group: group.to_owned(),
        search: fold(&format!("{label} {detail}")),
    }
}

pub fn agencies() -> Vec<ComboOption> {
    let named = [
        option("bo-cong-an", "Bộ Công an", "BCA", "Bộ"),
        option("bo-cong-thuong", "Bộ Công Thương", "BCT", "Bộ"),
        option("bo-tu-phap", "Bộ Tư pháp", "BTP", "Bộ"),
        option("an-giang", "An Giang", "", "Tỉnh, thành phố"),
        option("ha noi", "Hà Nội", "", "Tỉnh, thành phố"),
    ];
    let units =
        (1..=40).map(|n| option(&format!("don-vi-{n}"), &format!("Đơn vị {n}"), "", "Khác"));
    named.into_iter().chain(units).collect()
}

/// A combobox in a wrapper of its own, with something else to focus after it.
pub struct Page {
    pub root: HtmlElement,
    pub options: RwSignal<Vec<ComboOption>>,
    pub value: RwSignal<Option<String>>,
    chosen: Arc<Mutex<Vec<String>>>,
    /// Whether the page still shows the combobox.
    pub shown: RwSignal<bool>,
    mounted: Option<lean::Mounted>,
}

impl Drop for Page {
    fn drop(&mut self) {
        drop(self.mounted.take());
        self.root.remove();
    }
}

impl Page {
    pub async fn new(value: Option<&str>) -> Self {
        Self::with_style(value, "").await
    }

    /// The wrapper's style stands for the place where a page puts the field.
    pub async fn with_style(value: Option<&str>, style: &str) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        root.set_attribute("style", style).unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let mut page = Page {
            root,
            options: RwSignal::new(agencies()),
            value: RwSignal::new(value.map(str::to_owned)),
            chosen: Arc::default(),
            shown: RwSignal::new(true),
            mounted: None,
        };
        let (options, value, shown) = (page.options, page.value, page.shown);
        let (kept, chosen) = (page.value, page.chosen.clone());
        let on_choose = Callback::new(move |choice: String| {
            chosen.lock().unwrap().push(choice.clone());
            kept.set(Some(choice));
        });
        let text = |words: &'static str| Signal::derive(move || words.to_owned());
        page.mounted = Some(lean::mount_in(&page.root, move || {
            let options = Memo::new(move || options.get());
            view! {
                <style>{STYLE}</style>
                {when(move || shown.get(), move || view! {
                    <Combobox
                        id="unit"
                        label=text("Đơn vị của tôi")
                        label_hidden=false
                        placeholder=text("Tìm đơn vị")
                        options
                        value=value.into()
                        empty=text("Không có đơn vị nào khớp")
                        count_text=Callback::new(|n: usize| format!("{n} đơn vị"))
                        on_choose=on_choose
                    />
                })}
                <button id="elsewhere">"Nơi khác"</button>
            }
        }));
        tick().await;
        page
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root
            .query_selector(selector)
            .unwrap()
            .map(JsCast::unchecked_into)
    }

    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let mut found = Vec::new();
        collect(&self.root, selector, &mut found);
        found
    }

    pub fn input(&self) -> HtmlInputElement {
        self.find("[role=combobox]").unwrap().unchecked_into()
    }

    pub fn list(&self) -> HtmlElement {
        self.find("[role=listbox]").unwrap()
    }

    pub async fn focus(&self) {
        self.input().focus().unwrap();
        tick().await;
    }

    pub async fn type_text(&self, text: &str) {
        self.input().set_value(text);
        send(&self.input(), "InputEvent", "input", &[]).await;
    }

    /// Whether the page would still do what the browser does for this key.
    pub async fn key(&self, key: &str) -> bool {
        self.key_with(key, &[]).await
    }

    pub async fn key_with(&self, key: &str, more: &[(&str, JsValue)]) -> bool {
        let init = [&[("key", JsValue::from(key))], more].concat();
        send(&self.input(), "KeyboardEvent", "keydown", &init).await
    }

    /// A press and release of the mouse, with the focus and the caret that a press brings.
    pub async fn click(&self, target: &HtmlElement) {
        if send(target, "MouseEvent", "mousedown", &[]).await {
            match target.closest("input, button").unwrap() {
                Some(focusable) => focusable.unchecked_into::<HtmlElement>().focus().unwrap(),
                None => self.input().blur().unwrap(),
            }
            if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
                input.set_selection_range(1, 1).unwrap();
            }
        }
        target.click();
        tick().await;
    }

    pub fn attribute(&self, name: &str) -> Option<String> {
        self.input().get_attribute(name)
    }

    pub fn is_open(&self) -> bool {
        assert_eq!(
            self.find(".combobox-popup").unwrap().hidden(),
            self.labels().is_empty()
        );
        self.attribute("aria-expanded").as_deref() == Some("true")
    }

    /// The names of the options shown, as a screen reader says them.
    pub fn labels(&self) -> Vec<String> {
        self.all("[role=listbox] [role=option]")
            .iter()
            .map(|option| text(option))
            .collect()
    }

    /// The name of the option that the field points to.
    pub fn active(&self) -> Option<String> {
        let id = self.attribute("aria-activedescendant")?;
        let option = refer(&id);
        assert!(
            self.list().contains(Some(&option)),
            "{id} is not in the list"
        );
        assert_eq!(option.get_attribute("role").as_deref(), Some("option"));
        assert!(
            option.class_list().contains("combobox-option-active"),
            "{id} does not look active"
        );
        Some(text(&option))
    }

    pub fn said(&self) -> String {
        self.find("[role=status]").unwrap().text_content().unwrap()
    }

    pub fn chosen(&self) -> Vec<String> {
        self.chosen.lock().unwrap().clone()
    }

    pub fn has_focus(&self) -> bool {
        document().active_element().as_ref() == Some(self.input().as_ref())
    }

    pub fn selected_text(&self) -> String {
        let input = self.input();
        let edge = |at: Option<u32>| at.unwrap_or(0) as usize;
        let (from, to) = (
            edge(input.selection_start().unwrap()),
            edge(input.selection_end().unwrap()),
        );
        String::from_utf16_lossy(&input.value().encode_utf16().collect::<Vec<_>>()[from..to])
    }
}

/// Dispatches an event of this class; whether nothing prevented its default.
pub async fn send(target: &Element, class: &str, kind: &str, init: &[(&str, JsValue)]) -> bool {
    let options = Object::new();
    for (name, value) in [("bubbles", true), ("cancelable", true)] {
        Reflect::set(&options, &name.into(), &value.into()).unwrap();
    }
    for (name, value) in init {
        Reflect::set(&options, &(*name).into(), value).unwrap();
    }
    let class: Function = Reflect::get(&window(), &class.into())
        .unwrap()
        .unchecked_into();
    let arguments = Array::of2(&kind.into(), &options);
    let event: Event = Reflect::construct(&class, &arguments)
        .unwrap()
        .unchecked_into();
    let untouched = target.dispatch_event(&event).unwrap();
    tick().await;
    untouched
}

/// The one element that an attribute such as `aria-labelledby` refers to.
pub fn refer(id: &str) -> Element {
    assert!(
        !id.contains(char::is_whitespace),
        "{id:?} would be several references"
    );
    document().get_element_by_id(id).unwrap()
}

/// The name of an option, as it is read out.
pub fn text(option: &Element) -> String {
    option.text_content().unwrap()
}

/// Adds what matches within an element, in the order of the document.
fn collect(within: &Element, selector: &str, found: &mut Vec<HtmlElement>) {
    let mut next = within.first_element_child();
    while let Some(element) = next {
        if element.matches(selector).unwrap() {
            found.push(element.clone().unchecked_into());
        }
        collect(&element, selector, found);
        next = element.next_element_sibling();
    }
}

/// Two frames, so that what was asked for in one is drawn by the next.
pub async fn frame() {
    for _ in 0..2 {
        let drawn = Promise::new(&mut |resolve, _| {
            request_animation_frame(move || {
                resolve.call0(&JsValue::NULL).unwrap();
            });
        });
        JsFuture::from(drawn).await.unwrap();
    }
}
