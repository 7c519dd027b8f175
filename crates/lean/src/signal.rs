//! Signals of any type over signals of one.
//!
//! Leptos compiles its reactive graph anew for every type of value that a signal
//! holds: some three kilobytes each. Here every value lies behind the same
//! pointer, so that the graph is compiled once, and what is written per type is
//! a cast. A handle is a `Copy`, as in Leptos, and its type is that of the value
//! it was made with; nothing else can put a value behind it.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{
    Get as _, GetUntracked as _, GetValue as _, IsDisposed as _, LocalStorage, Notify as _, Owner,
};
use send_wrapper::SendWrapper;

use super::follow::follow_soon;

type Pointer = Rc<dyn Any>;

/// What is behind a handle that was made with a `T`.
fn of<T: 'static>(pointer: &Pointer) -> &T {
    match pointer.downcast_ref() {
        Some(value) => value,
        None => unreachable!("a handle names a value of its own type"),
    }
}

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name<T: 'static> {
            inner: inner::$name,
            kind: PhantomData<fn() -> T>,
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}
    };
}

mod inner {
    use super::*;

    pub type RwSignal = leptos::prelude::RwSignal<Pointer, LocalStorage>;
    pub type Memo = leptos::prelude::Memo<Computed>;
    pub type StoredValue = leptos::prelude::StoredValue<Pointer, LocalStorage>;
    pub type ReadSignal = RwSignal;
    pub type Signal = StoredValue;

    /// A computed value that knows when another is equal to it.
    #[derive(Clone)]
    pub struct Computed {
        pub value: SendWrapper<Pointer>,
        pub equal: fn(&Pointer, &Pointer) -> bool,
    }

    impl PartialEq for Computed {
        fn eq(&self, other: &Self) -> bool {
            (self.equal)(&self.value, &other.value)
        }
    }
}

handle! {
    /// A value that views and memos follow.
    RwSignal
}

impl<T: 'static> RwSignal<T> {
    /// A signal with this value.
    pub fn new(value: T) -> Self {
        let inner = inner::RwSignal::new_local(Rc::new(RefCell::new(value)));
        RwSignal {
            inner,
            kind: PhantomData,
        }
    }

    /// Reads the value. Tracks.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&of::<RefCell<T>>(&held(self.inner, true)).borrow())
    }

    /// Reads the value.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&of::<RefCell<T>>(&held(self.inner, false)).borrow())
    }

    /// Changes the value and says so.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        change(&mut of::<RefCell<T>>(&held(self.inner, false)).borrow_mut());
        notify(self.inner);
    }

    /// Puts another value in its place and says so.
    pub fn set(self, value: T) {
        self.update(|held| *held = value);
    }

    /// Whether the owner it was made under is gone, and the value with it.
    pub fn is_disposed(self) -> bool {
        self.inner.is_disposed()
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    /// A copy of the value. Tracks.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

handle! {
    /// A signal for those who may only read it.
    ReadSignal
}

impl<T: 'static> ReadSignal<T> {
    /// Reads the value. Tracks.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&of::<RefCell<T>>(&held(self.inner, true)).borrow())
    }

    /// Reads the value.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&of::<RefCell<T>>(&held(self.inner, false)).borrow())
    }
}

impl<T: Clone + 'static> ReadSignal<T> {
    /// A copy of the value. Tracks.
    pub fn get(self) -> T {
        self.with(T::clone)
    }
}

impl<T> From<RwSignal<T>> for ReadSignal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        ReadSignal {
            inner: signal.inner,
            kind: PhantomData,
        }
    }
}

handle! {
    /// A value that follows from signals, computed only when one of them changed.
    Memo
}

impl<T: PartialEq + 'static> Memo<T> {
    /// A memo of what `compute` gives.
    pub fn new(compute: impl Fn() -> T + 'static) -> Self {
        let equal = |a: &Pointer, b: &Pointer| of::<T>(a) == of::<T>(b);
        Memo {
            inner: erased(Box::new(compute), equal),
            kind: PhantomData,
        }
    }
}

/// What computes the value of a memo.
trait Compute {
    fn compute(&self) -> Pointer;
}

impl<T: 'static, F: Fn() -> T> Compute for F {
    fn compute(&self) -> Pointer {
        Rc::new(self())
    }
}

fn erased(compute: Box<dyn Compute>, equal: fn(&Pointer, &Pointer) -> bool) -> inner::Memo {
    let compute = SendWrapper::new(compute);
    inner::Memo::new(move |_| inner::Computed {
        value: SendWrapper::new(compute.compute()),
        equal,
    })
}

#[inline(never)]
fn computed(memo: inner::Memo, tracked: bool) -> Pointer {
    let computed = if tracked {
        memo.get()
    } else {
        memo.get_untracked()
    };
    computed.value.take()
}

#[inline(never)]
fn notify(signal: inner::RwSignal) {
    signal.notify();
}

#[inline(never)]
fn held(signal: inner::RwSignal, tracked: bool) -> Pointer {
    if tracked {
        signal.get()
    } else {
        signal.get_untracked()
    }
}

impl<T: 'static> Memo<T> {
    /// Reads the value. Tracks.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(of(&computed(self.inner, true)))
    }

    /// Reads the value.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(of(&computed(self.inner, false)))
    }
}

impl<T: Clone + 'static> Memo<T> {
    /// A copy of the value. Tracks.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

#[inline(never)]
fn stored(value: inner::StoredValue) -> Pointer {
    value.get_value()
}

handle! {
    /// A value that nothing follows, kept as long as its owner.
    StoredValue
}

impl<T: 'static> StoredValue<T> {
    /// Keeps this value.
    pub fn new(value: T) -> Self {
        StoredValue {
            inner: inner::StoredValue::new_local(Rc::new(RefCell::new(value))),
            kind: PhantomData,
        }
    }

    /// Reads the value.
    pub fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&of::<RefCell<T>>(&stored(self.inner)).borrow())
    }

    /// Changes the value.
    pub fn update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut of::<RefCell<T>>(&stored(self.inner)).borrow_mut())
    }

    /// Puts another value in its place.
    pub fn set_value(self, value: T) {
        self.update_value(|held| *held = value);
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// A copy of the value.
    pub fn get_value(self) -> T {
        self.with_value(T::clone)
    }
}

handle! {
    /// Anything that gives a value: a memo, a signal, a computation.
    Signal
}

/// What gives the value of a signal.
trait Give<T> {
    fn give(&self) -> T;
}

impl<T, F: Fn() -> T> Give<T> for F {
    fn give(&self) -> T {
        self()
    }
}

impl<T: 'static> Signal<T> {
    /// What `compute` gives, computed each time it is read.
    pub fn derive(compute: impl Fn() -> T + 'static) -> Self {
        let compute: Box<dyn Give<T>> = Box::new(compute);
        Signal {
            inner: inner::Signal::new_local(Rc::new(compute)),
            kind: PhantomData,
        }
    }

    /// The value. Tracks what the computation reads.
    pub fn get(self) -> T {
        of::<Box<dyn Give<T>>>(&stored(self.inner)).give()
    }

    /// The value.
    pub fn get_untracked(self) -> T {
        leptos::prelude::untrack(|| self.get())
    }

    /// Reads the value. Tracks what the computation reads.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get())
    }

    /// Reads the value.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get_untracked())
    }
}

impl<T: Clone + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Signal::derive(move || memo.get())
    }
}

impl<T: Clone + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Signal::derive(move || signal.get())
    }
}

/// What is called back with an `A`.
pub struct Callback<A: 'static, R: 'static = ()>(StoredValue<Rc<dyn Call<A, R>>>);

trait Call<A, R> {
    fn call(&self, argument: A) -> R;
}

impl<A, R, F: Fn(A) -> R> Call<A, R> for F {
    fn call(&self, argument: A) -> R {
        self(argument)
    }
}

impl<A, R> Clone for Callback<A, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, R> Copy for Callback<A, R> {}

impl<A: 'static, R: 'static> Callback<A, R> {
    /// Calls this function.
    pub fn new(call: impl Fn(A) -> R + 'static) -> Self {
        Callback(StoredValue::new(Rc::new(call)))
    }

    /// Calls it.
    pub fn run(self, argument: A) -> R {
        // Called outside of the store, since it may lead to further calls.
        let call = self.0.get_value();
        call.call(argument)
    }
}

/// Runs `task` soon, and again soon after a signal changed that it read: for what follows
/// outside of the page, such as its title. What it makes goes before it runs again.
pub fn effect(task: impl FnMut() + 'static) {
    run(Box::new(task));
}

fn run(mut task: Box<dyn FnMut()>) {
    let own = Owner::new();
    follow_soon(Box::new(move || own.with_cleanup(&mut task)));
}
