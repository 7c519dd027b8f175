//! What runs again when a signal changes that it read.
//!
//! Leptos's own effects each keep a task of the executor, a channel and an owner: made and thrown
//! away by the hundred as rows come and go, these took longer than the drawing itself. Here what
//! is due waits in one queue, which one task empties before the browser paints. Signals and memos
//! are Leptos's; this is one more kind of subscriber to them.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard, Weak};

use leptos::prelude::Owner;
use leptos::reactive::graph::{
    AnySource, AnySubscriber, ReactiveNode, Source, Subscriber, ToAnySubscriber, WithObserver,
};
use leptos::reactive::owner::WeakOwner;
use send_wrapper::SendWrapper;

type Task = Box<dyn FnMut()>;

/// A task, and what it read when it ran last.
struct Follower {
    /// To name itself by.
    own: Weak<Follower>,
    /// Under whom it runs.
    owner: WeakOwner,
    task: SendWrapper<RefCell<Task>>,
    /// Few, so that looking through them is quicker than a hash.
    sources: RwLock<Vec<AnySource>>,
    /// Whether something that it read has changed for certain.
    dirty: AtomicBool,
    /// Whether it is in the queue.
    queued: AtomicBool,
}

thread_local! {
    /// Those of whom something changed, in the order in which they learnt it.
    static DUE: RefCell<Vec<Weak<Follower>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `task` now, and again whenever a signal that it read changes, until the owner that is
/// current now is cleaned up. What it makes belongs to that owner, and stays as long: a task that
/// makes something anew each time needs an owner of its own for that.
pub(crate) fn follow(task: Task) {
    if let Some(follower) = Follower::new(task) {
        follower.run();
    }
}

/// As [`follow`], but the first run is soon rather than now.
pub(crate) fn follow_soon(task: Task) {
    if let Some(follower) = Follower::new(task) {
        follower.mark_dirty();
    }
}

impl Follower {
    /// One that lives as long as the current owner; none where there is no owner.
    fn new(task: Task) -> Option<Arc<Follower>> {
        let owner = Owner::current()?;
        let follower = Arc::new_cyclic(|own| Follower {
            own: own.clone(),
            owner: owner.downgrade(),
            task: SendWrapper::new(RefCell::new(task)),
            sources: RwLock::new(Vec::new()),
            dirty: AtomicBool::new(false),
            queued: AtomicBool::new(false),
        });
        let kept = follower.clone();
        Owner::on_cleanup(move || drop(kept));
        Some(follower)
    }

    fn run(&self) {
        let Some(owner) = self.owner.upgrade() else {
            return;
        };
        let subscriber = self.to_any_subscriber();
        // All of it, and first: with what it reads again left as it was, changes were missed.
        subscriber.clear_sources(&subscriber);
        // Borrowed already when the task itself empties the queue, which none does.
        if let Ok(mut task) = self.task.try_borrow_mut() {
            owner.with(|| subscriber.with_observer(&mut *task));
        }
    }

    fn enqueue(&self) {
        if self.queued.swap(true, Relaxed) {
            return;
        }
        let first = DUE.with_borrow_mut(|due| {
            due.push(self.own.clone());
            due.len() == 1
        });
        if first {
            leptos::task::spawn_local(async { catch_up() });
        }
    }

    fn sources(&self) -> RwLockWriteGuard<'_, Vec<AnySource>> {
        self.sources.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs all that is due, and what becomes due by that.
fn catch_up() {
    let mut at = 0;
    while let Some(next) = DUE.with_borrow(|due| due.get(at).cloned()) {
        at += 1;
        // Gone with its owner meanwhile, perhaps by one that ran before it.
        if let Some(next) = next.upgrade() {
            next.queued.store(false, Relaxed);
            let subscriber = next.to_any_subscriber();
            if subscriber.with_observer(|| next.update_if_necessary()) {
                next.run();
            }
        }
    }
    // Only now, since the queue being empty means that nobody empties it.
    DUE.with_borrow_mut(Vec::clear);
}

impl ToAnySubscriber for Follower {
    fn to_any_subscriber(&self) -> AnySubscriber {
        let own = self.own.clone();
        AnySubscriber(own.as_ptr() as usize, own)
    }
}

impl ReactiveNode for Follower {
    fn mark_dirty(&self) {
        self.dirty.store(true, Relaxed);
        self.enqueue();
    }

    fn mark_check(&self) {
        self.enqueue();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        if self.dirty.swap(false, Relaxed) {
            return true;
        }
        // Out of the lock: a memo that computes itself anew tells its subscribers.
        let sources = self.sources().clone();
        sources
            .into_iter()
            .any(|source| source.update_if_necessary())
    }
}

impl Subscriber for Follower {
    fn add_source(&self, source: AnySource) {
        let mut sources = self.sources();
        if !sources.contains(&source) {
            sources.push(source);
        }
    }

    fn clear_sources(&self, subscriber: &AnySubscriber) {
        // Out of the lock as well.
        let sources = std::mem::take(&mut *self.sources());
        for source in sources {
            source.remove_subscriber(subscriber);
        }
    }
}
