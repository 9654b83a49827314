//! A new assignment plan: who takes part, how much is annotated twice, and what that comes to.

use std::sync::Arc;

use super::{named_field, sentence, verbs_after_fields};
use crate::gui::command::UiCommand;
use crate::gui::ctx::ShellCtx;
use crate::gui::theme::TextRole;
use crate::gui::widgets::{DialogFrame, Field, Pen, Text, dialog_ui};
use crate::model::{AnnotatorId, AssignmentPlan, PlanRule};
use crate::session::{PlanCounts, Session, Task, TaskState};

/// Up to so many articles are counted in the frame that asks.
const AT_ONCE: usize = 2_000;

/// Drafts of the dialog, and the counts of the plan they make.
#[derive(Debug, Default)]
pub struct PlanDraft {
    people: Field,
    overlap: Field,
    seed: Field,
    counted: Option<(AssignmentPlan, PlanCounts)>,
    counting: Option<(AssignmentPlan, Option<Task<PlanCounts>>)>,
}

impl PlanDraft {
    /// Begins with the plan that is current, or with everybody who is here.
    pub(super) fn begin(session: &Session) -> Self {
        let plan = session.assignment_plan();
        let people = match &plan {
            Some(plan) => written(plan),
            None => session.annotators().iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        };
        let (overlap, seed) = plan.as_ref().map_or((20, 1), |plan| (plan.overlap, plan.seed));
        Self {
            people: Field::one_line(&people),
            overlap: Field::one_line(&overlap.to_string()),
            seed: Field::one_line(&seed.to_string()),
            ..Self::default()
        }
    }

    /// The plan that the drafts say, or why they say none. Rules that the dialog does not show are kept.
    fn plan(&self, current: Option<&AssignmentPlan>) -> Option<AssignmentPlan> {
        let number = |field: &Field| field.text().trim().trim_end_matches('%').trim().parse::<u64>().ok();
        let overlap = u8::try_from(number(&self.overlap)?).ok()?;
        let mut people = Vec::new();
        let mut rules = Vec::new();
        let text = self.people.text();
        for word in text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '\u{60c}')) {
            let (id, parts) = word.split_once(':').map_or((word, None), |(id, parts)| (id, Some(parts)));
            if id.is_empty() {
                continue;
            }
            let annotator = AnnotatorId::new(id);
            if let Some(parts) = parts {
                rules.push(PlanRule::Share { annotator: annotator.clone(), parts: parts.parse().ok()? });
            }
            people.push(annotator);
        }
        let kept = current.into_iter().flat_map(|plan| &plan.rules).filter(|rule| match rule {
            PlanRule::Share { .. } => false,
            PlanRule::Languages { annotator, .. } | PlanRule::Articles { annotator, .. } => people.contains(annotator),
        });
        rules.extend(kept.cloned());
        let mut plan = AssignmentPlan::new(number(&self.seed)?, overlap, people);
        plan.rules = rules;
        plan.check().is_ok().then_some(plan)
    }

    /// The counts of a plan; begins to count where they are not known.
    fn counts(&mut self, plan: &AssignmentPlan, session: &Session, window: &egui::Context) -> Option<&PlanCounts> {
        if let Some((of, task)) = &self.counting
            && let Some(TaskState::Done(counts)) = task.as_ref().map(Task::poll)
        {
            self.counted = Some((of.clone(), counts));
            self.counting = None;
        }
        if self.counted.as_ref().is_none_or(|(of, _)| of != plan)
            && self.counting.as_ref().is_none_or(|(of, _)| of != plan)
        {
            if session.catalogue().len() <= AT_ONCE {
                self.counted = Some((plan.clone(), PlanCounts::of(plan, session.catalogue())));
            } else {
                let window = window.clone();
                let wake = Arc::new(move || window.request_repaint());
                self.counting =
                    Some((plan.clone(), PlanCounts::start(plan.clone(), session.catalogue().clone(), wake)));
            }
        }
        self.counted.as_ref().map(|(_, counts)| counts)
    }
}

/// Annotators as the dialog writes them: `amal basil:2`.
fn written(plan: &AssignmentPlan) -> String {
    let parts = |annotator: &AnnotatorId| {
        plan.rules.iter().find_map(|rule| match rule {
            PlanRule::Share { annotator: of, parts } if of == annotator => Some(*parts),
            _ => None,
        })
    };
    let one = |annotator: &AnnotatorId| match parts(annotator) {
        Some(parts) if parts > 1 => format!("{annotator}:{parts}"),
        _ => annotator.to_string(),
    };
    plan.annotators.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Draws the dialog.
pub fn assignment_ui(egui: &egui::Context, is_new: bool, ctx: &mut ShellCtx<'_>) {
    let i18n = ctx.i18n;
    let Some(session) = ctx.session else {
        ctx.view.dialog = None;
        return;
    };
    let mut draft = std::mem::take(&mut ctx.view.dialogs.plan);
    let current = session.assignment_plan();
    let frame = DialogFrame::new("assignment", i18n.text("cmd-assignment"));
    let ((chosen, plan), close) = dialog_ui(&mut ctx.pen(), egui, frame, |pen, ui| {
        sentence(pen, ui, i18n.text("plan-help"));
        let mut entered = false;
        let mut cancelled = false;
        let fields = [
            ("plan-people", "plan people", &mut draft.people),
            ("plan-overlap", "plan overlap", &mut draft.overlap),
            ("plan-seed", "plan seed", &mut draft.seed),
        ];
        for (at, (name, salt, field)) in fields.into_iter().enumerate() {
            let result =
                named_field(pen, ui, i18n.text(name), salt, field, |options| options.ltr = true, is_new && at == 0);
            entered |= result.entered;
            cancelled |= result.cancelled;
        }
        let plan = draft.plan(current.as_deref());
        preview_ui(pen, ui, &mut draft, plan.as_ref(), session);
        let mut texts = vec![(i18n.text("plan-make"), "\u{21b5}"), (i18n.text("verb-cancel"), "Esc")];
        if current.is_some() {
            texts.push((i18n.text("plan-drop"), ""));
        }
        let verb = verbs_after_fields(pen, ui, &texts, plan.is_some());
        let chosen = if entered && plan.is_some() { Some(0) } else { verb };
        (if cancelled { Some(1) } else { chosen }, plan)
    });
    ctx.view.dialogs.plan = draft;
    match (chosen, plan) {
        (Some(0), Some(plan)) => ctx.out.push(UiCommand::MakePlan(Box::new(plan))),
        (Some(2), _) => ctx.out.push(UiCommand::DropPlan),
        (Some(1), _) => {}
        _ if close => {}
        _ => return,
    }
    ctx.view.dialog = None;
}

/// How many articles each annotator would get, and how many two of them.
fn preview_ui(
    pen: &mut Pen<'_>,
    ui: &mut egui::Ui,
    draft: &mut PlanDraft,
    plan: Option<&AssignmentPlan>,
    session: &Session,
) {
    let i18n = pen.i18n;
    let color = pen.theme.tokens.text;
    let Some(plan) = plan else {
        let color = pen.theme.tokens.error;
        pen.paragraph(ui, i18n.text("plan-bad"), Text::new(TextRole::Hint, color));
        return;
    };
    let Some(counts) = draft.counts(plan, session, ui.ctx()) else {
        pen.paragraph(ui, i18n.text("plan-counting"), Text::new(TextRole::Hint, color));
        return;
    };
    let share = (counts.twice * 100 + counts.total / 2).checked_div(counts.total).unwrap_or_default();
    let share = crate::gui::i18n::left_to_right(&format!("{share} %"));
    let twice = i18n.with(
        "plan-twice",
        &[("n", counts.twice.into()), ("total", counts.total.into()), ("share", share.as_str().into())],
    );
    let each: Vec<String> = plan
        .annotators
        .iter()
        .zip(&counts.each)
        .map(|(who, count)| i18n.with("plan-each", &[("who", who.as_str().into()), ("n", (*count).into())]))
        .collect();
    for line in each {
        pen.paragraph(ui, &line, Text::new(TextRole::Ui, color));
    }
    pen.paragraph(ui, &twice, Text::new(TextRole::Ui, color));
}
