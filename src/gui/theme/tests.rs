use super::*;
use crate::model::{Label, LabelKey, LineStyle};

/// The eleven label colours of the default preset, light and dark.
const NEWS: [(&str, &str, &str); 11] = [
    ("PER", "#284387", "#AAC8E4"),
    ("ORG", "#FD20C4", "#BB18B9"),
    ("GPE", "#256845", "#64F376"),
    ("LOC", "#339B8E", "#077E71"),
    ("FAC", "#8C700E", "#866602"),
    ("NORP", "#4008E0", "#B886FD"),
    ("ROLE", "#5A6B7D", "#818CA7"),
    ("EVENT", "#C67D68", "#DE8E7F"),
    ("TIME", "#BE3C59", "#D90D61"),
    ("NUM", "#979A04", "#A0A905"),
    ("WORK", "#6D3E13", "#E9D0BF"),
];

fn theme(dark: bool) -> Theme {
    let mut theme = Theme::load(dark, false).unwrap();
    let mut scheme = Scheme::empty("news");
    for (id, light, dark) in NEWS {
        scheme.labels.push(Label {
            id: LabelId::new(id),
            initial: id.to_owned(),
            key: LabelKey { digit: '1', shift: false },
            light: light.to_owned(),
            dark: dark.to_owned(),
            line: LineStyle::Solid,
            name: BTreeMap::new(),
            definition: BTreeMap::new(),
            help: BTreeMap::new(),
            subtypes: Vec::new(),
        });
    }
    theme.set_scheme(&scheme);
    theme
}

#[track_caller]
fn check(what: &str, a: Color32, b: Color32, least: f32) {
    let ratio = contrast(a, b);
    assert!(ratio >= least, "{what}: {a:?} on {b:?} is {ratio:.2}, below {least}");
}

#[test]
fn contrast_table() {
    for dark in [false, true] {
        let theme = theme(dark);
        let t = &theme.tokens;
        check("article text", t.text, t.paper, 7.0);
        for (name, ground) in [
            ("paper", t.paper),
            ("panel", t.panel),
            ("chrome", t.chrome),
            ("raised", t.raised),
            ("hover", t.hover),
            ("select", t.select),
        ] {
            check(&format!("text on {name}"), t.text, ground, 7.0);
            check(&format!("text2 on {name}"), t.text2, ground, 4.5);
            check(&format!("text3 on {name}"), t.text3, ground, 4.5);
            check(&format!("error on {name}"), t.error, ground, 4.5);
            check(&format!("warn on {name}"), t.warn, ground, 4.5);
        }
        check("primary button", t.on_ink, t.ink, 4.5);
        check("control on paper", t.control, t.paper, 3.0);
        check("control on panel", t.control, t.panel, 3.0);
        check("control on chrome", t.control, t.chrome, 3.0);
        check("control on raised", t.control, t.raised, 3.0);
        check("focus ring", t.focus, t.paper, 3.0);
        check("row bar", t.ink, t.select, 3.0);
        check("text on selection", t.text, t.sel_text, 7.0);
        for (id, _, _) in NEWS {
            let label = theme.label(&LabelId::new(id));
            check(&format!("{id} lane"), label.line, t.paper, 3.0);
            check(&format!("{id} tag on paper"), label.ink, t.paper, 4.5);
            check(&format!("{id} tag on panel"), label.ink, t.panel, 4.5);
            check(&format!("{id} fill"), t.text, label.fill, 7.0);
            check(&format!("{id} filled tag"), label.on, label.line, 4.5);
        }
        for part in [&theme.parts, &theme.calm] {
            for mark in [part.content, part.cue, part.source, part.favour, part.against, part.neutral] {
                check("claim or stance mark", mark, t.paper, 3.0);
            }
        }
    }
}

#[test]
fn high_contrast_is_stronger() {
    for dark in [false, true] {
        let theme = Theme::load(dark, true).unwrap();
        check("text", theme.tokens.text, theme.tokens.paper, if dark { 17.0 } else { 20.9 });
        check("control", theme.tokens.control, theme.tokens.paper, 7.0);
    }
}

#[test]
fn derived_colours_keep_their_hue() {
    // Lightest and darkest movers, as computed independently for the design.
    for (id, dark, expected) in [
        ("ORG", false, "#D20DA2"),
        ("LOC", false, "#018074"),
        ("NUM", false, "#747600"),
        ("LOC", true, "#2D9385"),
        ("PER", false, "#284387"),
        ("WORK", true, "#E9D0BF"),
    ] {
        let ink = theme(dark).label(&LabelId::new(id)).ink;
        let expected = parse_hex(expected).unwrap();
        for (a, b) in [(ink.r(), expected.r()), (ink.g(), expected.g()), (ink.b(), expected.b())] {
            assert!(a.abs_diff(b) <= 24, "{id}: {ink:?}, expected about {expected:?}");
        }
    }
    let calm = theme(false).calm.content;
    assert!(calm.r().abs_diff(0x6E) <= 2 && calm.b().abs_diff(0xBB) <= 2, "{calm:?}");
}

#[test]
fn mirroring_twice_is_nothing() {
    let frame = egui::Rect::from_min_max(egui::pos2(10.0, 0.0), egui::pos2(110.0, 20.0));
    let inner = egui::Rect::from_min_max(egui::pos2(15.0, 5.0), egui::pos2(40.0, 10.0));
    let rtl = Flow { rtl: true };
    let mirrored = rtl.rect(frame, inner);
    assert_eq!((mirrored.left(), mirrored.right()), (80.0, 105.0));
    assert_eq!(rtl.rect(frame, mirrored), inner);
    assert_eq!(Flow::default().rect(frame, inner), inner);
    let mut cut = Cut::new(frame, rtl);
    assert_eq!(cut.start(30.0).right(), 110.0);
    assert_eq!(cut.end(20.0).left(), 10.0);
    assert_eq!((cut.rest.left(), cut.rest.right()), (30.0, 80.0));
}
