//! What attributes, classes, styles and properties are set to.

use std::borrow::Cow;

use super::Template;

/// A value of an attribute, class, style or property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Not there: no attribute, class off, property `false`.
    Absent,
    /// There without a text: a bare attribute, class on, property `true`.
    Present,
    /// This text.
    Text(Cow<'static, str>),
}

/// What computes a value again and again. (A trait of our own, since a pointer to a closure
/// also carries code for calling it once and by reference.)
pub trait Compute {
    /// The value now.
    fn compute(&mut self) -> Value;
}

impl<F, T> Compute for F
where
    F: FnMut() -> T,
    T: Into<Value>,
{
    fn compute(&mut self) -> Value {
        self().into()
    }
}

impl From<bool> for Value {
    fn from(present: bool) -> Self {
        if present {
            Value::Present
        } else {
            Value::Absent
        }
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

impl From<Cow<'static, str>> for Value {
    fn from(text: Cow<'static, str>) -> Self {
        Value::Text(text)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Absent, Into::into)
    }
}

/// What may stand behind the `=` of an attribute.
pub trait IntoValue {
    /// Fills the next place of the template with it.
    fn set(self, template: &mut Template);
}

macro_rules! still {
    ($($kind:ty),*) => {$(
        impl IntoValue for $kind {
            fn set(self, template: &mut Template) {
                template.still(self.into());
            }
        }
    )*};
}

still!(Value, bool, &'static str, String, Cow<'static, str>);

impl<T: Into<Value>> IntoValue for Option<T> {
    fn set(self, template: &mut Template) {
        template.still(self.into());
    }
}

impl<F, T> IntoValue for F
where
    F: FnMut() -> T + 'static,
    T: Into<Value> + 'static,
{
    fn set(self, template: &mut Template) {
        template.live(Box::new(self));
    }
}
