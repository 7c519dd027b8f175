//! What follows from a combobox's state outside of its view.

use lean::prelude::*;
use leptos::prelude::{document, request_animation_frame};

use super::model::Model;
use crate::platform::page;

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
        effect(move || {
            let label = self.chosen_label();
            if let Some(input) = self.input.get()
                && self.typed.with_untracked(Option::is_none)
                && input.value() != label
            {
                input.set_value(&label);
            }
        });
        effect(move || {
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
        // Kept, and with that listening, as long as the combobox is there.
        StoredValue::new(page::on_resize(on_resize));
    }
}
