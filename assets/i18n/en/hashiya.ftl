# Words of the interface. Ids are grouped by where they stand; every id stands in the Arabic file too.

## The program
program-name = Hashiya
program-latin = Hashiya
program-arabic = حاشية
window-title = { $project } – Hashiya
version = Version { $version }

## Menus
menu-all = Menu
menu-file = File
menu-edit = Edit
menu-view = View
menu-annotate = Annotate
menu-find = Find
menu-project = Project
menu-help = Help

## Commands: title, and one sentence of help
cmd-open-articles = Open articles
cmd-open-articles-help = Brings text files or JSON Lines into the project.
cmd-paste-article = Paste an article
cmd-paste-article-help = Makes an article of copied text.
cmd-new-project = New project
cmd-new-project-help = Makes a folder for articles and everything people mark in them.
cmd-open-project = Open project
cmd-open-project-help = Opens a folder whose name ends in .hashiya.
cmd-demo-project = Demo project
cmd-demo-project-help = Opens a few short articles to try everything on.
cmd-save-copy = Save a copy
cmd-save-copy-help = Writes the whole project into another folder, with what is not saved yet.
cmd-close-project = Close project
cmd-close-project-help = Goes back to the first screen; everything is saved.
cmd-quit = Quit
cmd-quit-help = Closes the window; everything is saved.
cmd-undo = Undo
cmd-undo-help = Takes back the last change, also after reopening.
cmd-redo = Redo
cmd-redo-help = Makes the change again that was taken back.
cmd-delete = Delete
cmd-delete-help = Removes what has focus.
cmd-note = Note
cmd-note-help = Writes a note on what has focus, or on the article.
cmd-flag = Mark for the team
cmd-flag-help = Marks the article so that others find it, or takes the mark away.
cmd-catalogue = List of articles
cmd-catalogue-help = Shows or hides the list of articles.
cmd-inspector = Details
cmd-inspector-help = Shows or hides the details of what has focus.
cmd-next-pane = Next pane
cmd-next-pane-help = Moves the keyboard to the next pane.
cmd-previous-pane = Previous pane
cmd-previous-pane-help = Moves the keyboard to the previous pane.
cmd-zoom-in = Larger text
cmd-zoom-in-help = Makes the article's letters larger.
cmd-zoom-out = Smaller text
cmd-zoom-out-help = Makes the article's letters smaller.
cmd-zoom-reset = Normal text size
cmd-zoom-reset-help = Gives the article's letters their usual size.
cmd-interface-zoom-in = Larger interface
cmd-interface-zoom-in-help = Makes everything but the article larger.
cmd-interface-zoom-out = Smaller interface
cmd-interface-zoom-out-help = Makes everything but the article smaller.
cmd-interface-zoom-reset = Normal interface size
cmd-interface-zoom-reset-help = Gives the interface its usual size.
cmd-invisibles = Show invisible marks
cmd-invisibles-help = Shows joiners, direction marks, tatweel and hard spaces.
cmd-theme = Light or dark
cmd-theme-help = Changes between the light and the dark theme.
cmd-high-contrast = High contrast
cmd-high-contrast-help = Stronger text and borders.
cmd-language = Arabic or English
cmd-language-help = Changes the language of the interface.
cmd-start-edge = Step the start edge
cmd-start-edge-help = Moves the start past the next attached letter.
cmd-start-edge-back = Step the start edge back
cmd-start-edge-back-help = Moves the start back before the attached letter.
cmd-end-edge = Step the end edge
cmd-end-edge-help = Moves the end before the next attached pronoun.
cmd-end-edge-back = Step the end edge back
cmd-end-edge-back-help = Moves the end back behind the attached pronoun.
cmd-edge-left = Edge one letter left
cmd-edge-left-help = Moves the edge that was moved last.
cmd-edge-right = Edge one letter right
cmd-edge-right-help = Moves the edge that was moved last.
cmd-edge-word-left = Edge one word left
cmd-edge-word-left-help = Moves the edge that was moved last.
cmd-edge-word-right = Edge one word right
cmd-edge-word-right-help = Moves the edge that was moved last.
cmd-add-fragment = Add the selection as a piece
cmd-add-fragment-help = Makes the mention in focus cover the selection too.
cmd-outward = Next mention outward
cmd-outward-help = Goes outward through what lies at the caret, then on to the next mention.
cmd-inward = Next mention inward
cmd-inward-help = Goes inward through what lies at the caret, then back.
cmd-entity = Choose the entity
cmd-entity-page = Page of the entity
cmd-entity-page-help = Shows everything said about the entity of the mention in focus.
cmd-entity-help = Says which entity the mention refers to.
cmd-paragraph-direction = Turn the paragraph
cmd-paragraph-direction-help = Changes the direction of the paragraph at the caret.
cmd-palette = Find or run
cmd-palette-help = Finds commands, labels and articles by name.
cmd-filter = Filter articles
cmd-filter-help = Goes to the filter of the list of articles.
cmd-done-and-next = Done and next
cmd-done-and-next-help = Marks the article as done and opens the next one.
cmd-previous-article = Previous article
cmd-previous-article-help = Opens the article before this one.
cmd-next-article = Next article
cmd-next-article-help = Opens the article after this one.
cmd-next-unfinished = Next unfinished article
cmd-next-unfinished-help = Opens the next article of the list that is new or in progress.
cmd-assignment = Assignment plan
cmd-assignment-help = Says who annotates which articles, with some annotated by two people.
cmd-find-repeated = Find repeated texts
cmd-find-repeated-help = Reads all texts and groups those that are equal or nearly so; changes nothing.
cmd-skip-repeated = Skip the other copies
cmd-skip-repeated-help = Leaves out all other articles with the text of this one.
cmd-who-am-i = Who annotates
cmd-who-am-i-help = Changes the annotator's id or name.
cmd-settings = Settings
cmd-settings-help = Language, theme, sizes, font.
cmd-help-here = Help
cmd-help-here-help = Explains the label in focus, or the first steps.
cmd-keymap = Keys
cmd-keymap-help = Shows all keys and changes them.
cmd-about = About Hashiya
cmd-about-help = Version, licences, fonts.
cmd-label = Label as { $label }
cmd-label-help = Labels the selection or the word at the caret, or changes the label in focus.
cmd-field = { $field }: next value
cmd-field-help = Gives the field of the mention in focus its next value.
cmd-field-back = { $field }: previous value
cmd-field-back-help = Gives the field of the mention in focus its previous value.

## First screen
first-lead = Mark who, what and who says so, in the margin of the text itself.
first-open-articles = Text files or JSON Lines, or a folder of them
first-open-project = A folder whose name ends in .hashiya
first-demo = A few short articles, partly labelled
first-drop = Or drop files here, or paste a text with
first-local = Everything stays on this computer.
first-recent = Recent
first-no-recent = Projects you open will stand here.
first-missing = The folder is no longer there
first-locate = Locate
first-sample = One key does the work: stand on a word, press its number
recent-counts = { $n ->
    [one] { $n } article, { $done } done
   *[other] { $n } articles, { $done } done
}

## Catalogue
catalogue-title = Articles
catalogue-done = done { $n }
catalogue-filter = Filter articles
catalogue-no-match = No articles match.
catalogue-show-all = Show all
catalogue-empty = No articles yet.
segment-to-do = To do { $n }
segment-all = All
segment-flagged = Flagged { $n }
article-row = { $title }, { $status }, { $n ->
    [one] { $n } mention
   *[other] { $n } mentions
}
catalogue-shown = { $n } of { $total }
catalogue-no-plan = Nobody has made an assignment plan.
list-comma = ,{" "}
row-copies = { $n ->
    [one] 1 more with the same text
   *[other] { $n } more with the same text
}
row-noted = has a note
row-note = note: { $note }
row-other = { $who }: { $status }, { $n ->
    [one] 1 mention
   *[other] { $n } mentions
}
filter-menu = Filters
filter-clear = clear
filter-drop = Remove the filter { $filter }
filter-mine = Assigned to me
filter-flagged = Flagged
filter-noisy = With regions left out
filter-repeated = Repeated texts
filter-status = Status
filter-date = Date
filter-from = From date
filter-to = To date
filter-annotator = Has work by
filter-by = by { $who }
filter-outlet = Outlet
filter-outlet-find = Find an outlet
filter-outlet-none = No outlet matches.
filter-outlet-more = { $n ->
    [one] 1 more; type above to find it
   *[other] { $n } more; type above to find them
}
filter-language = Language
filter-label = Has the label
sort-menu = Order
sort-project = Project order
sort-title = Title
sort-outlet = Outlet
sort-date = Date
sort-status = Status
sort-mentions = Mentions
sort-claims = Claims
sort-stances = Stances
sort-descending = Descending
chosen-count = { $n } chosen
chosen-change = Change
chosen-none = Choose none
chosen-mark = Mark for the team
chosen-flag = Flag
chosen-unflag = Remove the flag
chosen-assign = Assignment
chosen-assign-to = Assign to { $who }
bulk-progress = Changing { $n } of { $total }
bulk-done = { $n ->
    [0] Nothing had to change
    [one] 1 article changed
   *[other] { $n } articles changed
}
bulk-stopped = Stopped; { $n ->
    [one] 1 article is changed
   *[other] { $n } articles are changed
}
bulk-failed = { $n } changed, then it stopped: { $reason }
undo-progress = Undoing: step { $n } of { $total }
redo-progress = Redoing: step { $n } of { $total }
reversal-back = Putting back what was done: { $n } of { $total } steps left
reversal-stopped = Stopped; nothing has changed.
repeated-progress = Reading { $n } of { $total } texts
repeated-found = { $equal ->
    [0] No equal texts
    [one] 1 group of equal texts
   *[other] { $equal } groups of equal texts
}, { $near ->
    [0] none nearly equal
    [one] 1 of nearly equal ones
   *[other] { $near } of nearly equal ones
}
repeated-stopped = Stopped; nothing was changed
repeated-none = No other article has this text
plan-help = Everybody computes the same list from this plan, also offline. Undo takes it back.
plan-people = Annotators; a colon and a number give somebody a larger share (amal basil:2)
plan-overlap = Of 100 articles, annotated by two people
plan-seed = Seed: another number gives another plan
plan-bad = Give valid ids, each once, an overlap of 0 to 100 and a number as seed.
plan-counting = Counting
plan-each = { $who }: { $n ->
    [one] 1 article
   *[other] { $n } articles
}
plan-twice = Annotated by two people: { $n } of { $total } ({ $share })
plan-make = Make the plan
plan-drop = End the plan
plan-made = The assignment plan is made
status-new = new
status-in-progress = in progress
status-done = done
status-in-review = in review
status-adjudicated = adjudicated
status-skipped = skipped

## Reader
layer-mentions = Mentions
layer-mentions-count = Mentions { $n }
layer-claims = Claims
layer-claims-count = Claims { $n }
layer-stances = Stances
layer-stances-count = Stances { $n }
cmd-front-layer = Next layer to the front
cmd-front-layer-help = Mentions, claims, stances, or all of them; the others are drawn thin.
label-key = { $id }: { $name }
find-or-run = Find or run
all-done = That was the last open article.
project-empty = This project has no articles yet.
reader-empty-project = This project has no articles yet.
reader-no-article = Choose an article from the list.
reader-no-word = No word stands at the caret. Move it onto a word, or select text.
reader-nothing-in-focus = Choose a mention first: click it, or press Tab.
reader-select-fragment = Select the text of the further piece first.
reader-ladder-next = next
reader-ladder-fix = keep
reader-ladder-back = back

## Status bar
status-opening = Opening the project
status-no-project = No project open
position-at = Character { $n }
article-of = Article { $n } of { $total }
count-mentions = { $n ->
    [one] { $n } mention
   *[other] { $n } mentions
}
count-claims = { $n ->
    [one] { $n } claim
   *[other] { $n } claims
}
count-stances = { $n ->
    [one] { $n } stance
   *[other] { $n } stances
}
count-checks = { $n ->
    [one] { $n } check
   *[other] { $n } checks
}
save-saved = Saved
save-saving = Saving
save-read-only = Read-only

## Inspector
tab-details = Inspector
tab-checks = { $n ->
    [0] Checks
   *[other] Checks { $n }
}
checks-none = Nothing to check in this article.
in-paragraph = Paragraph { $n }
after-letters = after { $letters }
help-for = Help for { $name }
start-edge = Start edge
end-edge = End edge
value-no = no
value-yes = yes
value-none = none
entity-title = Entity
entity-hint = Name of the entity
entity-new = New entity { $name }
entity-remove = Remove from the entity
entity-here = { $n ->
    [one] { $n } here
   *[other] { $n } here
}
entity-page = Page
entity-none = The mention in focus has no entity yet.
entity-wait = Putting the names in order
entity-merge = Merge another into this one
entity-mentions = Mentions { $n }
entity-held = Stances held { $n }
entity-received = Stances received { $n }
entity-claims = Claims { $n }
entity-names = Names seen
entity-nothing = Nothing here yet.
entity-reading = Reading what is said about it
entity-progress = Reading { $n } of { $total } articles
entity-unread = { $n ->
    [one] { $n } article could not be read
   *[other] { $n } articles could not be read
}
entity-ticked = { $n ->
    [one] { $n } ticked
   *[other] { $n } ticked
}
entity-split = Split off
entity-move = Move to
entity-name-in = Name { $language }
entity-aliases = Other names
entity-type = Type
entity-qid = Wikidata
entity-qid-wrong = Q and a number, or NIL.
entity-nil = Not in Wikidata (NIL)
entity-part = Part of
entity-holder = Holder
entity-member = Member
entity-unlink = Take { $name } away
entity-author = the author
entity-a-claim = a claim
knowledge-row = knowledge base
reason-name = same name
reason-alias = same alias
reason-given = named so before
reason-name-alike = same name, other spelling
reason-alias-alike = same alias, other spelling
reason-name-begins = begins so
reason-alias-begins = alias begins so
reason-word = word of the name
reason-recent = used lately
wide-one-at-a-time = Something else is still changing many articles; wait for it or stop it.
wide-wait = Mentions are being moved; wait a moment.
wide-stopped = Stopped; nothing was changed.
wide-merged = Merged
wide-moved = Moved
wide-reading = Reading { $n } of { $total } articles
wide-writing = Moving { $n } of { $total }
entity-part-of = part of { $name }
note-title = Note
note-hint = Add a note
labelled-by = Labelled by { $who }, { $date }
origin-manual = Manual
origin-imported = Imported from { $source }
origin-suggested = Suggested by { $source }
origin-propagated = Copied from the same words elsewhere
origin-curated = Decided by a curator
article-facts = Article
article-note = Note on the article
fact-title = Title
fact-outlet = Outlet
fact-date = Date
fact-byline = Author
fact-url = Address
fact-language = Language
fact-direction = Direction
direction-auto = auto
direction-rtl = RTL
direction-ltr = LTR
regions-title = Parts
regions-hint = Parts that are switched off stay in the text but are not counted.
regions-none = No parts were found in this article.
region-row = { $kind }: { $text }
region-title = Title
region-lead = Lead
region-body = Body
region-caption = Caption
region-credit = Credit
region-related = Related links
region-comments = Comments
region-boilerplate = Boilerplate
region-blank = Blank

## Dialogs
verb-open = Open
verb-cancel = Cancel
verb-create = Create project
verb-browse = Choose a folder
verb-add = Add article
verb-keep = Keep
verb-close = Close
verb-take-over = Take over
verb-stop = Stop
verb-understood = Understood
palette-hint = Find a command, a label or an article (@)
palette-nothing = Nothing has this name.
palette-article = Article
path-articles = Open articles
path-articles-hint = This system has no file dialog. Write the path of a file or folder; several paths stand between semicolons.
path-project = Open project
path-project-hint = This system has no file dialog. Write the path of a project folder.
path-folder = Folder of the new project
path-folder-hint = This system has no file dialog. Write the path of a folder that does not exist yet or is empty.
path-copy-hint = This system has no file dialog. Write the path of a folder that does not exist yet or is empty; the copy goes there.
path-field = Path
project-name = Name
project-folder = Folder
project-scheme = Labels
project-annotator = Annotator
project-new-name = articles
annotator-hint = Letters A–Z, digits, - and _. It names your work in the project and never changes.
paste-title = Title (may stay empty)
paste-text = Text
paste-hint = Paste the article here
encoding-title = Which of these reads right?
encoding-hint = The encoding of { $file } is not certain.
who-name = Name
help-title = First steps
help-first = Put the caret on a word and press the number of a label; what you select with the mouse or with Shift and the arrows is labelled as it is.
help-second = { $start } and { $end } step an edge past attached letters. Tab walks through mentions that lie inside each other.
help-third = { $palette } finds every command, { $keys } shows all keys.
help-label = { $id }: { $name }
about-what = Hashiya marks entities, claims and stance in news texts, Arabic first. Everything stays on this computer.
about-licence = Free software under the MIT or the Apache 2.0 licence, as you choose.
about-fonts = With Noto and Amiri fonts under the SIL Open Font License.
keymap-filter = Filter commands
keymap-hint = Choose a command, then press its new key.
keymap-press = Press the new key. Backspace removes the key, Esc leaves it as it is.
keymap-waiting = press a key
keymap-clash = same key as { $other }
keymap-reset = All as delivered

## Settings
set-language = Language
set-theme = Theme
set-contrast = High contrast
set-digits = Digits
set-font = Font of articles
set-size = Size of articles
set-column = Column
set-spacing = Line spacing
set-invisibles = Invisible marks
set-zoom = Interface size
language-english = English
language-arabic = العربية
theme-light = Light
theme-dark = Dark
theme-system = System
digits-western = 0123
digits-arabic = ٠١٢٣
font-naskh = Naskh
font-amiri = Amiri
font-nastaliq = Nastaliq
font-sans = Sans
size-small = 18
size-normal = 22
size-large = 28
size-huge = 36
column-narrow = narrow
column-normal = normal
column-wide = wide
spacing-tight = tight
spacing-normal = normal
spacing-loose = loose
zoom-90 = 90 %
zoom-100 = 100 %
zoom-125 = 125 %
zoom-150 = 150 %
zoom-200 = 200 %

## Bringing articles in
import-done = { $n ->
    [0] Nothing new: these articles are here already
    [one] { $n } article added
   *[other] { $n } articles added
}
import-progress = { $total ->
    [0] Importing
   *[other] Importing { $n } of { $total } MB
}
copy-saved = A copy was written to { $place }
import-taking-in = Taking the articles in
import-waits-file = Waiting for { $file }
import-waits-folder = The articles wait to be taken in: { $reason }
import-stopping = Stopping
import-stopped = Stopped; nothing was changed
import-problems = { $n ->
    [one] { $n } file could not be read
   *[other] { $n } files could not be read
}

## Errors
error-open-project = The project could not be opened
error-opening-ended = The work on it ended without an answer. Nothing was changed; open it again.
read-only-title = This project is open read-only; nothing was changed
read-only-safe = { $n ->
    [0] Everything that was done is on disk.
    [one] What was saved before is on disk. { $n } change is shown but not on disk; a copy holds it.
   *[other] What was saved before is on disk. { $n } changes are shown but not on disk; a copy holds them.
}
read-only-copy = Save a copy into another folder and go on working there. What you did can be brought together later.
read-only-taken = Close the other window or end the other command, then take over. Or save a copy and go on working there.
taken-over = Work is written here again
still-taken = The other process still writes; close it first
error-create-project = The project could not be made
error-copy = The copy could not be written
error-close = The project did not close cleanly
error-import = The articles could not be added; the project is as it was
error-read = Some files could not be read
error-no-thread = The system has no room for another thread; close other programs and try again.

## History
tab-history = History
cmd-history = History
cmd-history-help = Who changed what when; goes to the place, or takes one change back.
history-all-articles = All articles
history-this-article = This article
history-who = Whose changes
history-what = Kind of change
history-everybody = Everybody
history-everything = Everything
history-mentions = Mentions
history-claims = Claims
history-stances = Stances
history-entities = Entities
history-articles = Articles
history-project = Project
history-none = No change fits.
history-row = { $what }, { $who }, { $when }
history-row-undone = { $what }, { $who }, { $when }, taken back
history-by = { $who }, { $when } UTC
history-show = Show
history-revert = Revert
history-show-later = Show the later change
history-done = Taken back
history-no-article = The article of this change is not in the project now.
history-later = Not taken back: a later change stands on it, by { $who } at { $when } UTC. Take that back first.
history-not-yours = Not taken back: only { $who } can do that, because it is their own work.
history-referred = Not taken back: something that came later refers to what this made. Delete that first.
history-busy = Not taken back: the disk is still behind. Try again in a moment.
history-together = It is part of a change to several articles; “Revert” takes all of that back.
history-unfold = { $n ->
    [one] Show its 1 change
   *[other] Show its { $n } changes one by one
}
history-fold = Fold its changes again
change-status-many = { $n ->
    [one] Status of 1 article: { $status }
   *[other] Status of { $n } articles: { $status }
}
change-flag-many = { $n ->
    [one] Marked 1 article for the team
   *[other] Marked { $n } articles for the team
}
change-flag-removed-many = { $n ->
    [one] Took the team’s mark off 1 article
   *[other] Took the team’s mark off { $n } articles
}
change-undo = Undone: { $what }
change-redo = Done again: { $what }
change-revert = Reverted: { $what }
change-more = { $n ->
    [one] { $what }, and { $n } more change
   *[other] { $what }, and { $n } more changes
}
change-mention-added = Labelled “{ $quote }” as { $label }
change-mention-removed = Removed { $label } from “{ $quote }”
change-mention-label = “{ $quote }”: { $before } became { $after }
change-mention-span = { $label }: “{ $before }” became “{ $after }”
change-mention-entity = “{ $quote }” refers to { $name }
change-mention-no-entity = “{ $quote }” refers to no entity any more
change-mention-attribute = “{ $quote }”: { $name } is { $value }
change-mention-note = Note on “{ $quote }”: { $note }
change-mention = Changed { $label } “{ $quote }”
change-claim-added = New claim “{ $quote }”
change-claim = Changed the claim “{ $quote }”
change-claim-removed = Removed the claim “{ $quote }”
change-stance-added = New stance “{ $quote }”
change-stance = Changed the stance “{ $quote }”
change-stance-removed = Removed the stance “{ $quote }”
change-status = Article { $status }
change-article-note = Note on the article: { $note }
change-article-note-removed = Removed the note on the article
change-flag = Marked the article for the team
change-flag-removed = Took the team’s mark off the article
change-dismissed = Dismissed a finding: { $reason }
change-dismissal-removed = Took a dismissal back
change-value = { $name }: { $value }
change-fact = { $name }: { $before } became { $after }
change-as-imported = as imported
change-paragraph-direction = Turned a paragraph
change-sentence = Changed where a sentence begins
change-region = Changed a part: { $kind }
change-region-on = Switched a part on: { $kind }
change-region-off = Switched a part off: { $kind }
change-region-added = New part: { $kind }
change-region-removed = Removed a part: { $kind }
change-entity-added = New entity { $name }
change-entity = Changed the entity { $name }
change-entity-removed = Removed the entity { $name }
change-merged = Merged { $others } into { $name }
change-merging = Merging entities into { $name }
change-split = Split off { $name }: { $n ->
    [one] { $n } mention
   *[other] { $n } mentions
}
change-cluster-added = New group of claims { $name }
change-cluster = Changed the group of claims { $name }
change-cluster-removed = Removed the group of claims { $name }
change-topic-added = New topic { $name }
change-topic = Changed the topic { $name }
change-topic-removed = Removed the topic { $name }
change-profile = Own name: { $name }
change-setting = Setting { $name }
change-registered = Brought articles in
change-withdrawn = Took articles back out
change-seen = Marked a clash as seen
change-scheme = Changed the labels
change-created = Made the project
change-plan = Changed who works on what

## Following others, clashes
cmd-take-other = Take the other
cmd-take-other-help = Gives the place the value from the other copy; ends the clash for everybody.
cmd-dismiss-finding = Dismiss finding
cmd-dismiss-finding-help = Takes the finding that is chosen in Checks off the list, with a reason. X does the same there.
cmd-seen-clash = Seen
cmd-seen-clash-help = Keeps what stands and takes the clash off the list.
cmd-attach-knowledge = Attach a knowledge base
cmd-attach-knowledge-help = Offers the names of a file (CSV or JSON Lines) while entities are looked up.
cmd-detach-knowledge = Detach the knowledge base
cmd-detach-knowledge-help = Offers its names no longer; the file stays.
path-knowledge-hint = This system has no file dialog. Write the path of a CSV or JSONL file with id, names, aliases, type.
error-knowledge = The knowledge base cannot be read
knowledge-attached = { $n ->
    [one] Knowledge base attached: { $n } row
   *[other] Knowledge base attached: { $n } rows
}
knowledge-problems = Attached { $n } rows; { $bad } could not be used
knowledge-missing = The knowledge base { $place } is not here now.
knowledge-detached = Knowledge base detached
cmd-import-scheme = Import scheme
cmd-import-scheme-help = Takes the labels of a file as the project's new scheme.
cmd-take-over = Take over
cmd-take-over-help = Writes in this window, once the one that wrote before is closed.
path-scheme-hint = This system has no file dialog. Write the path of a scheme's file (.ron).
save-read-only-taken = Read-only: another window writes
read-only-away = The folder cannot be reached now. Work goes on by itself as soon as it is back; or save a copy and go on working there.
count-clashes = { $n ->
    [one] Another copy changed one of your places too
   *[other] Another copy changed { $n } of your places too
}
clash-title = Changed in two copies: { $what }
clash-stands = stands: { $value }
clash-other = from another copy: { $value }
clash-nothing = deleted
clash-quote = { $label } “{ $quote }”
held = Deleted, but something refers to it, so it stays: { $what }
checks-folder = The project's folder
copy-saved-partly = { $n ->
    [one] A copy was written to { $place }. Not all could be read here; bring both together later
   *[other] A copy was written to { $place }. { $n } files could not be read here; bring both together later
}
scheme-imported = The project has a new scheme
error-scheme = The scheme was not taken; nothing was changed

## Statistics
cmd-statistics = Statistics
cmd-statistics-help = How far everybody is, mentions per label, articles finished per day.
statistics-back = Back to the article
statistics-copy = Copy as a table
statistics-copied = The tables are on the clipboard
statistics-counting = Counting { $n } of { $total }
statistics-stopped = Counting was stopped
statistics-again = Count again
statistics-none = Nothing was counted.
statistics-wait = Counting the project
statistics-progress = Articles by annotator
statistics-days = Articles finished per day
statistics-utc = days in UTC; an article counts where it was last marked as done
statistics-no-days = No article has been marked as done yet.
statistics-day = { $day }: { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
statistics-labels = Mentions by label
statistics-label = { $id } { $name }: { $n ->
    [one] { $n } mention
   *[other] { $n } mentions
}
statistics-whose = Whose mentions
count-articles = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
task-ended = The work ended unexpectedly; a report was written. Nothing was changed.

## Export
cmd-export = Export
cmd-export-help = Writes articles and annotations in an exchange format.
export-format = Format
export-whose = Work of
export-states = Only articles that are (none ticked: all)
export-counting = Working out what would be written
export-would-file = { $n ->
    [one] { $n } article would be written into one file.
   *[other] { $n } articles would be written into one file.
}
export-would-folder = { $n ->
    [one] { $n } article would be written into a folder.
   *[other] { $n } articles would be written into a folder, one file each.
}
export-no-loss = The format carries everything.
export-loss = The format cannot carry: { $list }
export-lost-notes = { $n ->
    [one] fields and notes of { $n } article
   *[other] fields and notes of { $n } articles
}
export-file = File
export-folder = Folder
export-progress = Exporting, step { $n } of { $total }
export-done = { $n ->
    [one] { $n } article exported to { $place }
   *[other] { $n } articles exported to { $place }
}
export-stopped = { $n ->
    [0] Stopped; nothing was written
    [one] Stopped; { $n } file is complete
   *[other] Stopped; { $n } files are complete
}
export-one-at-a-time = An export is under way; wait for it or stop it.
error-export = The export was not written
verb-choose-place = Choose the place
path-export-hint = This system has no file dialog. Write the path of the file or folder.

## Beside mine
cmd-beside = Another’s work beside mine
cmd-beside-help = Shows another annotator’s mentions under yours, in thin dashes, for reading only.
cmd-beside-of = Beside mine: { $who }
cmd-beside-off = No longer beside mine: { $who }
beside-nobody = Nobody else has work in this project.
beside-shown = Beside: { $who }, { $n ->
    [one] { $n } mention
   *[other] { $n } mentions
}
beside-mention = { $who }: { $label } “{ $quote }”

## People
who-title = Who are you in this project?
who-asked = You are new here. Choose yourself, or write an id for a new person; until then the project is open for reading only.
who-hint = Each person has work of their own. Choosing another id closes the project and opens it as that person.
who-somebody-new = Somebody new
who-taken = Somebody here has this id already.

## Imports
cmd-imports = Imports
cmd-imports-help = What was brought in, and who stands for it.
imports-reading = Reading the list
imports-none = Nothing was brought in yet.
imports-hint = An import counts while somebody stands for it. Taking it back hides its articles, except those with work on them; it can be undone.
imports-pasted = Pasted text
imports-more = { $names } and { $n } more
imports-nobody = Nobody stands for it; its articles are hidden
imports-incomplete = Some of its files are not here yet
imports-standing = { $who } stands for it
imports-take-back = Take back
imports-stand = Stand for it

## Facts of an article
fact-reset = { $name }: back to { $value }
fact-bad-date = A date is written 2026-11-25, 2026-11 or 2026.
fact-bad-language = A language is a tag such as ar, fa or en-GB.

## Claims
tab-claims =
    { $n ->
        [0] Claims
       *[other] Claims { $n }
    }
tab-stances =
    { $n ->
        [0] Stances
       *[other] Stances { $n }
    }
claim-title = Claim { $n }
claim-proposed = proposed, not stored yet
claim-row = Claim { $n }: { $text }
claims-none = No claims yet. Select what is claimed and press { $key }.
claim-from-list = Proposed from the cue list
claim-chain = Who says so
link-relay = Relay
link-origin = Origin
link-cue = Cue
source-author = the author
source-dropped = dropped subject
claim-accept = Accept
claim-content-only = Content only
claim-norm = Sentence that needs no context
claim-norm-hint = Names resolved, dates in full, no attribution
claim-inside = Inside
claim-nothing = There is nothing to claim here. Select the words that are claimed.
claim-needs-cue = Select the words that show who speaks, or put the caret into them.
claim-needs-source = Select who says it, or put a mention in focus.
claim-none-in-focus = No claim is in focus. Select what is claimed first.
cmd-new-claim = New claim
cmd-new-claim-help = Shows a claim of the selection with the cue and the source of its sentence; Enter stores it.
cmd-claim-cue = Cue of the claim
cmd-claim-cue-help = What is selected becomes the cue of the claim.
cmd-claim-source = Source of the claim
cmd-claim-source-help = What is selected, or the mention in focus, becomes the source; another one passes it on.
strip-accept = accept
strip-cue = cue from the selection
strip-source = source, again for an outer link
strip-next = next
strip-fields = attributes
strip-drop = drop
strip-back = back to the text

## What the checks find, by the code of the rule
finding-offset-out-of-text = “{ $quote }” stands outside the text or splits a letter; delete it and mark it again.
finding-quote-drift = It was made on “{ $quote }”, but the text there is “{ $text }”; mark it again.
finding-dangling-reference = It refers to { $id }, which does not exist here; choose another or take the reference away.
finding-held = { $id } was deleted in another copy, and stands because something refers to it; change it to keep it.
finding-edge-space = “{ $quote }” begins or ends with white space; move its edges to the letters.
finding-region-left-out = “{ $quote }” lies in a region that is left out, and so is not exported; include the region or delete it.
finding-unknown-attribute = The attribute { $attribute } does not belong here in the scheme; remove it.
finding-unknown-value = { $value } is not a value of { $attribute } in the scheme; choose another.
finding-uncertain-without-note = It is marked uncertain; say why in its note.
finding-unknown-label = The label { $label } is not in the scheme; choose another.
finding-duplicate-mention = “{ $quote }” is labelled { $label } twice; delete one of them.
finding-crossing-mention = “{ $quote }” ({ $label }) crosses “{ $other }” ({ $other_label }); let one contain the other, or part them.
finding-quotes-around-name = The quotation marks around the name “{ $quote }” stay outside; move the edges.
finding-metonymy-without-literal = It stands for something else; name the literal thing in the field literal.
finding-literal-without-metonymy = A literal thing is named, but no metonymy is set; set it, or empty the field literal.
finding-norm-missing = “{ $quote }” has lost a letter after the lam; give the full form in the field norm.
finding-role-alone = The title “{ $quote }” stands beside no name; label it { $person } with level NOM.
finding-time-without-value = “{ $quote }” has no normalised value; fill in the field value.
finding-value-shape = { $value } is neither a TIMEX3 value nor a decimal number; write it as 2018-03-20, P6Y or 12.5.
finding-pronoun-not-annotated = “{ $quote }” has the level PRO, and this scheme does not annotate pronouns; delete it or change its level.
finding-sign-outside-number = A number and its sign are one span; take the sign after “{ $quote }” in.
finding-cluster-type = It is labelled { $label }, its entity is of type { $type }; change one of them, or choose another entity.
finding-adjective-without-entity = The adjective “{ $quote }” joins the entity of the country or people it names; choose it.
finding-entity-cycle = The entity { $entity } is part of itself; change its members or what it is part of.
finding-holder-cycle = The entity { $entity } holds itself; change its holder.
finding-holder-of-no-role = The entity { $entity } has a holder, but is of type { $type }; only a role has one.
finding-entity-type = The type { $type } of the entity { $entity } is not a label of the scheme; choose another.
finding-entity-without-name = The entity { $entity } has no name in any language; give it one.
finding-qid-shape = { $value } is no Wikidata number; write Q and digits, or NIL.
finding-duplicate-claim = “{ $quote }” is marked as a claim twice; delete one of them.
finding-quotes-around-content = The quotation marks around all of “{ $quote }” stay outside; move the edges.
finding-unpaired-quotes = A quotation mark in “{ $quote }” has no partner; take both in, or neither.
finding-brackets-at-edge = An insertion in brackets at the edge of “{ $quote }” stays out; move the edge.
finding-particle-in-claim = The particle { $word } belongs to no part of a claim; move the edge.
finding-conjunction-in-cue = The attached conjunction of the cue { $word } stays outside; move the edge.
finding-claim-without-source = “{ $quote }” names nobody who says it; add a source, or mark it as implicit.
finding-link-without-source = A link of the chain is neither implicit nor has a source; name one.
finding-implicit-with-source = A source is marked as implicit, but stands in the text; take one of them away.
finding-source-kind = The source of a claim is a mention, an entity or free text; choose one.
finding-chain-order = A relay stands after the origin; order the chain from the outermost to the innermost.
finding-chain-without-origin = The chain has relays and no origin; add who said it, or mark the last link as origin.
finding-cue-outside-sentence = The cue “{ $cue }” stands in no sentence of its content or source; choose another.
finding-cue-in-content = The cue or source “{ $cue }” is no content; take it out of “{ $quote }”.
finding-document-without-issuer = The document “{ $quote }” speaks for its issuer; say on whose behalf.
finding-claim-cycle = “{ $quote }” is nested in itself; choose another outer claim.
finding-outside-outer-claim = “{ $quote }” is nested in “{ $outer }”, but lies outside its content; change one of them.
finding-verdict-without-evidence = A verdict needs its evidence; add it, or set the verdict to not_checked.
finding-evidence-without-address = A piece of evidence has neither an address nor the deciding words; add them.
finding-verdict-of-unverifiable = What cannot be verified gets no verdict; change the verdict or the verifiability.
finding-opinion-worth-checking = A claim of type { $type } is no factual claim; its check-worthiness is 0.
finding-verbatim-without-quotes = “{ $quote }” has the form verbatim, but no quotation marks around it; change the form.
finding-cluster-polarity = Claims of opposite polarity share the cluster { $cluster }; part them and link the clusters.
finding-cluster-contradicts-itself = The cluster { $cluster } contradicts itself; take it out of its own list.
finding-duplicate-stance = This stance stands twice: same holder, target, value and evidence; delete one of them.
finding-stance-without-evidence = A stance needs the words that show it; mark them.
finding-implicit-without-note = An implicit stance needs a note that says why; write it.
finding-stance-holder = The holder of a stance is an entity, a mention or the author; choose one.
finding-stance-target = The target of a stance is an entity, a claim, a cluster or a topic; choose one.
finding-author-reported = A reported stance is the holder’s, never the author’s; choose the holder.
finding-unknown-scale = The scale { $scale } is not in the scheme; choose another.
finding-topic-without-wording = The topic { $topic } has no wording in any language; word it affirmatively.
finding-topic-negated = The topic “{ $wording }” is worded negatively; word it affirmatively.
finding-overlapping-regions = This region overlaps another; remove one of them.
finding-regions-proposed = The article is done, and some of its regions are still proposals; confirm or change them.
finding-skipped-without-reason = The article is skipped; say why.
finding-date-shape = The date { $value } is no ISO date; write it as 2018-03-20.
finding-language-shape = { $value } is no language tag; write it as ar, fa or en-GB.
finding-dismiss = Dismiss
finding-restore = Take back
finding-reason = Why it may stay
finding-reason-hint = One line; Enter keeps it
finding-dismissed = { $n ->
    [one] { $n } dismissed
   *[other] { $n } dismissed
}
finding-dismissed-row = { $what } Dismissed: { $reason }
finding-dismissed-because = Dismissed: { $reason }
finding-more = And { $n } more
## Stances
stance-holder = Whose position?
stance-target = Towards what?
stance-value = Which position?
stance-hint = Type to narrow the list
stance-new-topic = new topic
cmd-new-stance = New stance
cmd-new-stance-help = Whose position, towards what, and which; what is selected is the evidence.
stances-none = No stances yet. Put a mention or a claim in focus and press { $key }.
stance-row = { $holder }, { $value }: { $target }
stance-holder-name = Holder
stance-target-name = Target
stance-through = Reported by
stance-no-evidence = No evidence yet: select the deciding words and press U.
stance-explicit = said
stance-implicit = inferred
