//! What follows from a combobox's state outside of its view.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::model::Model;
use super::placement::visual_viewport;

impl Model {
    /// Scrolls the list, and nothing else, until the active option shows in it.
    fn reveal(self, value: &str) {
        if self.is_gone() {
            return;
        }
        let id = self.element_id("option", value);
        let (Some(list), Some(option)) =
            (self.list.get_untracked(), document().get_element_by_id(&id))
        else {
            return;
        };
        let (list_box, option_box) = (
            list.get_bounding_client_rect(),
            option.get_bounding_client_rect(),
        );
        // The heading of the group sticks to the top of the list and covers what is under it.
        let heading = option
            .parent_element()
            .and_then(|group| group.query_selector(".combobox-heading").ok().flatten())
            .map_or(0.0, |heading| heading.get_bounding_client_rect().height());
        let above = list_box.top() + heading - option_box.top();
        let below = option_box.bottom() - list_box.bottom();
        let by = if above > 0.0 {
            -above.ceil()
        } else {
            below.max(0.0).ceil()
        };
        list.set_scroll_top(list.scroll_top() + by as i32);
    }

    /// Keeps in step what no view holds: the field's text, the list's scroll position, and its
    /// place when the window changes.
    pub fn watch(self) {
        Effect::new(move |_| {
            let label = self.chosen_label();
            if let Some(input) = self.input.get()
                && self.typed.with_untracked(Option::is_none)
                && input.value() != label
            {
                input.set_value(&label);
            }
        });
        Effect::new(move |_| {
            if let (true, Some(value)) = (self.listed(), self.active.get()) {
                // Once the options are drawn.
                request_animation_frame(move || self.reveal(&value));
            }
        });
        let on_resize = move || {
            if self.open.get_untracked() {
                self.measure();
            }
        };
        let handle = window_event_listener(ev::resize, move |_| on_resize());
        on_cleanup(move || handle.remove());
        if let Some(viewport) = visual_viewport() {
            let target: web_sys::EventTarget = viewport.unchecked_into();
            let listener = StoredValue::new_local((target, Closure::<dyn Fn()>::new(on_resize)));
            listener.with_value(|(target, closure)| {
                // Without it the list only fails to give way to a keyboard on the screen.
                let _ = target
                    .add_event_listener_with_callback("resize", closure.as_ref().unchecked_ref());
            });
            on_cleanup(move || {
                listener.try_with_value(|(target, closure)| {
                    let _ = target.remove_event_listener_with_callback(
                        "resize",
                        closure.as_ref().unchecked_ref(),
                    );
                });
            });
        }
    }
}
