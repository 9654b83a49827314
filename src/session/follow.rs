//! Following: what other sessions, copies and tools change in the folder is noticed and taken in while it is open.
//!
//! A thread looks every other second. Where something changed it reads the records, this session's own lines included
//! whether they have reached the disk or not, and prepares everything that a session derives from them. Putting that in
//! place is a swap between two frames; own lines that came after the reading are laid on top.

use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::prepared::Prepared;
use super::take_over::{Claim, Claimant};
use super::{CommandError, Session, SessionError};
use crate::env::Stopwatch;
use crate::model::{Diagnostic, LineId, Severity};
use crate::storage::{HistoryLine, Listing, Longest, Moment, Reading, Store, StoreError, WriterWatch};

/// After a reading the thread rests for this many times as long as it took, so that a busy folder costs little.
const REST: u32 = 3;

/// The longest rest: others' work must appear within 10 seconds.
const LONGEST_REST: Duration = Duration::from_secs(5);

/// What [`Session::follow`] took in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// What the records say has been taken in again.
    pub changed: bool,
    /// Clashes that this annotator may decide and that were not there before.
    pub new_clashes: usize,
    /// Findings about the folder (files that vanished, torn or damaged lines) that were not there before.
    pub new_problems: usize,
    /// What became of the wish to take over.
    pub taken_over: Option<bool>,
    /// The folder has become unreachable, or reachable again.
    pub reach_changed: bool,
}

/// The thread's end in the session.
#[derive(Debug)]
pub(super) struct Follower {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    inbox: Mutex<Inbox>,
    /// Somebody wants something, or a look has ended.
    changed: Condvar,
}

/// What session and thread tell each other.
#[derive(Debug, Default)]
struct Inbox {
    stops: bool,
    /// Looks asked for, and ended.
    asked: u64,
    ended: u64,
    /// Whether the next look reads, whatever it sees.
    reads: bool,
    takes_over: bool,
    writer: Option<WriterWatch>,
    news: Option<Box<News>>,
    refusal: bool,
    unreachable: Option<String>,
    /// What was in place before: dropping it may take long.
    old: Vec<Prepared>,
}

/// What a reading brought.
#[derive(Debug)]
struct News {
    prepared: Prepared,
    tips: Vec<LineId>,
    /// So many transactions of the session are in.
    queued: u64,
    /// The lock, where it was claimed, and the sessions that were this copy's.
    claim: Option<(Claim, Option<BTreeSet<String>>)>,
}

/// What the thread works with.
struct Watcher {
    claimant: Claimant,
    every: Duration,
    last: Option<Listing>,
    longest: Longest,
    /// A reading that somebody asked for has failed, and is still owed.
    owes: bool,
    /// Findings about the folder itself.
    losses: Vec<Diagnostic>,
    rest: Duration,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Follower {
    fn ask(&self, reads: bool) -> u64 {
        let mut inbox = self.shared.lock();
        inbox.asked += 1;
        inbox.reads |= reads;
        self.shared.changed.notify_all();
        inbox.asked
    }

    /// Whether the thread is there.
    fn is_alive(&self) -> bool {
        Arc::strong_count(&self.shared) > 1
    }

    /// Tells the thread whose lines are this session's own.
    pub(super) fn watch(&self, writer: WriterWatch) {
        self.shared.lock().writer = Some(writer);
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        // The thread may be reading; nobody waits for it.
        self.shared.lock().stops = true;
        self.shared.changed.notify_all();
    }
}

impl Session {
    /// Starts to follow the folder: a thread looks every `every`, and `wake` is called when there is something for
    /// [`Session::follow`] to take in.
    ///
    /// # Errors
    /// [`SessionError::Store`] where the system refuses a thread.
    pub fn start_following(&mut self, every: Duration, wake: impl Fn() + Send + 'static) -> Result<(), SessionError> {
        let shared = Arc::new(Shared::default());
        shared.lock().writer = self.writer.as_ref().map(crate::storage::JournalWriter::watch);
        let mut watcher = Watcher {
            claimant: self.claimant(),
            every,
            last: self.listing.take(),
            longest: Longest::default(),
            owes: false,
            losses: Vec::new(),
            rest: Duration::ZERO,
        };
        if let Some(listing) = &watcher.last {
            watcher.losses = watcher.longest.losses(&watcher.claimant.store, listing, None);
        }
        let theirs = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("hashiya-follow".into())
            .spawn(move || watcher.run(&theirs, &wake))
            .map_err(StoreError::io("start a thread for", self.dir()))?;
        self.follower = Some(Follower { shared });
        Ok(())
    }

    /// Whether the folder is followed.
    #[must_use]
    pub fn is_following(&self) -> bool {
        self.follower.is_some()
    }

    /// From now on what own commands change of imports and scheme is read by the thread that follows the folder, and
    /// [`Session::follow`] takes it in: for a window, which must not wait. Until then the catalogue and the scheme are as
    /// they were, and everything else goes on. Without that thread it is read at once all the same.
    pub fn read_beside(&mut self) {
        self.reads_beside = true;
    }

    /// Whether what own commands changed of imports or scheme is still being read; see [`Session::read_beside`].
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.absorbed < self.awaited
    }

    /// Where the thread has ended by a bug of ours, what it owes is read here.
    pub(super) fn read_without_thread(&mut self) -> Result<(), CommandError> {
        if self.follower.as_ref().is_some_and(Follower::is_alive) {
            return Ok(());
        }
        self.reload().map_err(|error| CommandError::Storage(error.to_string()))
    }

    /// Lets the thread read all that was done so far. Answers whether it will.
    pub(super) fn read_beside_later(&mut self) -> bool {
        let Some(follower) = self.follower.as_ref().filter(|_| self.reads_beside) else { return false };
        self.awaited = self.commits;
        follower.ask(true);
        true
    }

    /// Whether the folder could be reached when it was last looked at.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.unreachable.is_none()
    }

    /// Why the folder could not be read when it was last looked at, if it could not.
    #[must_use]
    pub fn unreachable(&self) -> Option<&str> {
        self.unreachable.as_deref()
    }

    /// Takes in what the thread has prepared, if anything. Quick: for between two frames.
    pub fn follow(&mut self) -> Followed {
        let mut followed = Followed::default();
        let Some(follower) = &self.follower else { return followed };
        let mut inbox = follower.shared.lock();
        let (news, refusal) = (inbox.news.take(), std::mem::take(&mut inbox.refusal));
        if self.unreachable != inbox.unreachable {
            self.unreachable.clone_from(&inbox.unreachable);
            followed.reach_changed = true;
        }
        drop(inbox);
        if refusal {
            followed.taken_over = Some(false);
        }
        if let Some(news) = news {
            self.take_news(*news, &mut followed);
        }
        followed
    }

    /// Looks now, and answers whether there is something for [`Session::follow`] to take in. Waits for the disk.
    pub fn look(&self) -> bool {
        let Some(follower) = &self.follower else { return false };
        let asked = follower.ask(false);
        let mut inbox = follower.shared.lock();
        while inbox.ended < asked {
            inbox = follower.shared.changed.wait(inbox).unwrap_or_else(PoisonError::into_inner);
        }
        inbox.news.is_some()
    }

    /// Looks now, and takes in what is found. Waits for the disk: for tests and commands, never for a window.
    pub fn catch_up(&mut self) -> Followed {
        let mut all = Followed::default();
        // What came while the thread was reading may need another look; it never needs many.
        for _ in 0..8 {
            let has_news = self.look();
            let followed = self.follow();
            all.changed |= followed.changed;
            all.new_clashes += followed.new_clashes;
            all.new_problems += followed.new_problems;
            all.taken_over = followed.taken_over.or(all.taken_over);
            all.reach_changed |= followed.reach_changed;
            if !has_news || followed.changed {
                break;
            }
        }
        all
    }

    /// Asks to become the writer; [`Session::follow`] answers. Where the folder is not followed, nothing happens.
    pub fn ask_to_take_over(&self) {
        if let Some(follower) = &self.follower {
            follower.shared.lock().takes_over = true;
            follower.ask(false);
        }
    }

    fn take_news(&mut self, news: News, followed: &mut Followed) {
        let News { prepared, tips, queued, claim } = news;
        self.max_lamport = self.max_lamport.max(prepared.max_lamport);
        let late: Vec<HistoryLine> =
            self.recent.iter().filter(|(number, _)| *number >= queued).map(|(_, line)| line.clone()).collect();
        // Lines that another session's are greater than have to be read together with them; and what the session has
        // read itself since then must not be taken back.
        let is_stale =
            queued < self.absorbed || late.iter().any(|line| line.transaction.lamport <= prepared.max_lamport);
        if is_stale && claim.is_none() {
            if let Some(follower) = &self.follower {
                follower.ask(true);
                follower.shared.lock().old.push(prepared);
            }
            return;
        }
        let (clashes, problems) = (self.clash_keys(), self.problems.len());
        self.recent.retain(|(number, _)| *number >= queued);
        self.absorbed = queued;
        let old = self.swap(prepared);
        for line in late {
            self.lay_on_top(line);
        }
        if let Some((claim, sessions)) = claim {
            self.our_sessions = sessions;
            let may_write = self.newer.is_none() && self.scheme_trouble.is_none();
            let writes = may_write && self.take_claim(claim, tips).is_ok() && self.read_only_reason().is_none();
            followed.taken_over = Some(writes);
        } else if let Some(writer) = &self.writer {
            writer.see(tips);
        } else {
            self.begin_writing_late();
        }
        self.find_next();
        followed.changed = true;
        followed.new_clashes = self.clash_keys().difference(&clashes).count();
        followed.new_problems = self.problems.len().saturating_sub(problems);
        if let Some(follower) = &self.follower {
            follower.shared.lock().old.push(old);
        }
    }

    /// Asks for the lock where all that kept the session from writing is gone: a scheme that has arrived, for example.
    fn begin_writing_late(&mut self) {
        if self.read_only.is_none() && self.newer.is_none() && self.scheme_trouble.is_none() {
            // Until the lock is here.
            self.read_only = Some("this session only begins to write; try again in a moment".to_owned());
            self.ask_to_take_over();
        }
    }

    /// Lays an own line over what was read without it. Its key is greater than all that was read, so it stands.
    fn lay_on_top(&mut self, line: HistoryLine) {
        let mut articles = BTreeSet::new();
        for article in line.transaction.edits.iter().filter_map(|edit| edit.place.article()) {
            // What cannot be opened now is read again together with this line.
            let _ = self.open_own(article);
            self.opened.kept.insert(article.clone(), self.commits);
        }
        for edit in &line.transaction.edits {
            self.standings.entry(edit.place.clone()).or_default().apply(&line.id, edit);
            self.state.overlay(&edit.place, edit.after.clone());
            self.cache.borrow_mut().after_edit(edit);
            articles.extend(edit.place.article().cloned());
        }
        for article in &articles {
            self.refresh_row(article);
        }
        for edit in &line.transaction.edits {
            self.refresh_clashes(&edit.place);
        }
        self.history.push(line);
    }
}

impl Watcher {
    fn run(mut self, shared: &Shared, wake: &dyn Fn()) {
        loop {
            let mut inbox = shared.lock();
            let mut waited = false;
            while !inbox.stops && inbox.asked == inbox.ended && !waited {
                let wait = self.every.max(self.rest);
                let (guard, timeout) = shared.changed.wait_timeout(inbox, wait).unwrap_or_else(PoisonError::into_inner);
                (inbox, waited) = (guard, timeout.timed_out());
            }
            if inbox.stops {
                return;
            }
            let asked = inbox.asked;
            let (reads, takes_over) = (std::mem::take(&mut inbox.reads), std::mem::take(&mut inbox.takes_over));
            let (writer, old) = (inbox.writer.clone(), std::mem::take(&mut inbox.old));
            drop(inbox);
            drop(old);
            let is_news = self.look(shared, writer.as_ref(), reads, takes_over);
            let mut inbox = shared.lock();
            inbox.ended = asked;
            drop(inbox);
            shared.changed.notify_all();
            if is_news {
                wake();
            }
        }
    }

    /// One look; answers whether the session should take something in.
    fn look(&mut self, shared: &Shared, writer: Option<&WriterWatch>, reads: bool, takes_over: bool) -> bool {
        let store = self.claimant.store.clone();
        let claim = takes_over.then(|| self.claimant.claim());
        if let Some(Claim::Taken(_)) = claim {
            shared.lock().refusal = true;
            return true;
        }
        self.owes |= reads;
        let result = self.read(&store, writer, self.owes || claim.is_some());
        self.owes &= result.is_err();
        match result {
            Ok(None) => set_reach(shared, None),
            Ok(Some((prepared, tips, queued))) => {
                let claim = claim.map(|claim| (claim, self.claimant.sessions()));
                let news = Box::new(News { prepared, tips, queued, claim });
                let mut inbox = shared.lock();
                let before = inbox.news.replace(news);
                // A lock that nobody took in yet stays claimed.
                if let (Some(before), Some(news)) = (before, inbox.news.as_mut())
                    && news.claim.is_none()
                {
                    news.claim = before.claim;
                }
                inbox.unreachable = None;
                true
            }
            Err(error) => {
                if claim.is_some() {
                    shared.lock().refusal = true;
                }
                let reason = format!("the project's folder cannot be read: {error}");
                set_reach(shared, Some(reason)) || takes_over
            }
        }
    }

    /// Reads and prepares; again, where a file of annotation sets turns out not to hold what it should.
    fn prepare(&self, store: &Store, writer: Option<&WriterWatch>) -> Result<Beside, StoreError> {
        let annotator = &self.claimant.annotator;
        loop {
            let finds = store.number_of_finds();
            let Reading { records, moment } = store.read_beside(writer)?;
            let tips = records.tips.get(annotator).cloned().unwrap_or_default();
            match Prepared::of(store, annotator, records) {
                Err(_) if store.number_of_finds() > finds => {}
                other => return Ok((moment, other?, tips)),
            }
        }
    }

    /// Reads and prepares, if something changed or `reads`.
    fn read(
        &mut self,
        store: &Store,
        writer: Option<&WriterWatch>,
        reads: bool,
    ) -> Result<Option<(Prepared, Vec<LineId>, u64)>, StoreError> {
        let stopwatch = Stopwatch::start();
        let listing = store.listing(writer)?;
        if !reads && self.last.as_ref() == Some(&listing) {
            self.rest = (stopwatch.elapsed() * REST).min(LONGEST_REST);
            return Ok(None);
        }
        store.verify_header()?;
        self.losses = self.longest.losses(store, &listing, writer);
        store.forget_what_was_found_out();
        let (moment, mut prepared, tips) = self.prepare(store, writer)?;
        prepared.problems.extend(self.losses.iter().cloned());
        if let Some(reason) = moment.unverified {
            let message = format!("this session's own file could not be looked at: {reason}");
            prepared.problems.push(Diagnostic::new(Severity::Warning, "journal_unverified", message));
        }
        self.last = Some(listing);
        self.rest = (stopwatch.elapsed() * REST).min(LONGEST_REST);
        Ok(Some((prepared, tips, moment.queued)))
    }
}

/// What was read beside a session: when, what follows from it, and the last lines of own sessions.
type Beside = (Moment, Prepared, Vec<LineId>);

/// Says whether the folder can be reached; answers whether that is new.
fn set_reach(shared: &Shared, unreachable: Option<String>) -> bool {
    let mut inbox = shared.lock();
    let is_new = inbox.unreachable.is_some() != unreachable.is_some();
    inbox.unreachable = unreachable;
    is_new
}
