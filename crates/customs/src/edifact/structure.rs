//! Which segment may stand where in a customs declaration message, and how often: the segment table of CUSDEC, directory D.96B.
//!
//! After the message type specification of UN/EDIFACT directory D.96B (UNECE, UNTDID part 2), section 4.3.1. Must not know of: what a segment means.

use super::EdifactFault;

/// A segment or a group of segments, where it stands in a group.
#[derive(Debug)]
pub(super) enum Part {
    /// A segment, and how often it may be there.
    Segment(&'static str, u16),
    /// A group, which begins with the first of its parts, and how often it may be there.
    Group(&'static Group, u16),
}

/// A group of segments.
#[derive(Debug)]
pub(super) struct Group {
    /// Its name in the directory; the message itself is `SG0`.
    pub name: &'static str,
    parts: &'static [Part],
}

use Part::{Group as G, Segment as S};

/// One group: its name and its parts.
macro_rules! group {
    ($id:ident, $($part:expr),+ $(,)?) => {
        static $id: Group = Group { name: stringify!($id), parts: &[$($part),+] };
    };
}

group!(
    SG0,
    S("UNH", 1),
    S("BGM", 1),
    S("CST", 1),
    S("LOC", 99),
    S("DTM", 15),
    S("GIS", 25),
    S("FII", 1),
    S("MEA", 5),
    S("EQD", 999),
    S("SEL", 999),
    S("FTX", 99),
    G(&SG1, 99),
    G(&SG4, 5),
    G(&SG5, 10),
    G(&SG6, 10),
    G(&SG7, 1),
    G(&SG8, 25),
    S("UNS", 1),
    G(&SG10, 999),
    G(&SG30, 9999),
    S("UNS", 1),
    S("CNT", 5),
    G(&SG49, 50),
    G(&SG50, 1),
    S("UNT", 1)
);
group!(SG1, S("RFF", 1), S("DTM", 1), G(&SG2, 10));
group!(SG2, S("PAC", 1), G(&SG3, 999));
group!(SG3, S("PCI", 1), S("FTX", 1));
group!(SG4, S("TDT", 1), S("TPL", 1));
group!(SG5, S("DOC", 1), S("DTM", 2), S("LOC", 1));
group!(SG6, S("NAD", 1), S("RFF", 10), S("CTA", 1), S("COM", 5));
group!(SG7, S("TOD", 1), S("LOC", 2), S("FTX", 1));
group!(SG8, S("MOA", 1), G(&SG9, 1));
group!(SG9, S("CUX", 1), S("DTM", 1));
group!(
    SG10,
    S("DMS", 1),
    S("DTM", 1),
    S("MEA", 5),
    G(&SG11, 25),
    G(&SG13, 1),
    G(&SG14, 10),
    G(&SG16, 10),
    G(&SG18, 5),
    G(&SG19, 10),
    G(&SG21, 9999)
);
group!(SG11, S("MOA", 1), G(&SG12, 1));
group!(SG12, S("CUX", 1), S("DTM", 1));
group!(SG13, S("TOD", 1), S("LOC", 2), S("FTX", 1));
group!(SG14, S("NAD", 1), G(&SG15, 10));
group!(SG15, S("DOC", 1), S("DTM", 2), S("LOC", 1));
group!(SG16, S("PAC", 1), G(&SG17, 999));
group!(SG17, S("PCI", 1), S("FTX", 1), S("RFF", 1));
group!(SG18, S("PAT", 1), S("MOA", 1), S("PCD", 1), S("FTX", 1));
group!(SG19, S("ALC", 1), S("RTE", 1), S("MOA", 1), S("PCD", 1), S("QTY", 1), G(&SG20, 1));
group!(SG20, S("CUX", 1), S("DTM", 1));
group!(
    SG21,
    S("LIN", 1),
    S("PIA", 1),
    S("QTY", 1),
    S("PRI", 2),
    S("PCD", 1),
    S("MEA", 5),
    S("QVR", 5),
    S("MOA", 15),
    S("NAD", 10),
    S("GIR", 9999),
    G(&SG22, 10),
    G(&SG23, 10),
    G(&SG25, 1),
    G(&SG26, 5),
    G(&SG27, 5),
    G(&SG28, 10)
);
group!(SG22, S("DOC", 1), S("DTM", 2));
group!(SG23, S("ALC", 1), S("RTE", 1), S("MOA", 1), S("PCD", 1), S("QTY", 1), G(&SG24, 1));
group!(SG24, S("CUX", 1), S("DTM", 1));
group!(SG25, S("TOD", 1), S("LOC", 2));
group!(SG26, S("PAT", 1), S("MOA", 1), S("PCD", 1), S("FTX", 1));
group!(SG27, S("IMD", 1), S("FTX", 1));
group!(SG28, S("PAC", 1), G(&SG29, 999));
group!(SG29, S("PCI", 1), S("FTX", 1), S("RFF", 1));
group!(
    SG30,
    S("CST", 1),
    S("FTX", 9),
    S("LOC", 25),
    S("DTM", 5),
    S("MEA", 20),
    S("NAD", 5),
    S("TDT", 9),
    G(&SG31, 10),
    G(&SG33, 25),
    G(&SG35, 999),
    G(&SG37, 25),
    G(&SG38, 1),
    G(&SG39, 1),
    G(&SG40, 25),
    G(&SG41, 10),
    G(&SG42, 1),
    G(&SG44, 50)
);
group!(SG31, S("PAC", 1), G(&SG32, 999));
group!(SG32, S("PCI", 1), S("FTX", 1));
group!(SG33, S("MOA", 1), G(&SG34, 1));
group!(SG34, S("CUX", 1), S("DTM", 1));
group!(SG35, S("RFF", 1), S("DTM", 1), S("GIN", 99), S("MOA", 1), G(&SG36, 1));
group!(SG36, S("IMD", 1), S("FTX", 5));
group!(SG37, S("DOC", 1), S("DTM", 2), S("LOC", 1), S("NAD", 5));
group!(SG38, S("TOD", 1), S("LOC", 2), S("FTX", 1));
group!(SG39, S("GDS", 1), S("FTX", 1));
group!(SG40, S("GIS", 1), S("PCD", 1), S("DTM", 1), S("RFF", 1));
group!(SG41, S("TAX", 1), S("MOA", 2), S("GIS", 1));
group!(SG42, S("QVR", 1), S("QTY", 1), G(&SG43, 1));
group!(SG43, S("RFF", 1), S("DTM", 1));
group!(SG44, S("GIR", 1), S("GIS", 10), S("NAD", 1), S("MEA", 5), G(&SG45, 10), G(&SG47, 10), G(&SG48, 5));
group!(SG45, S("MOA", 1), G(&SG46, 1));
group!(SG46, S("CUX", 1), S("DTM", 1));
group!(SG47, S("TAX", 1), S("MOA", 2), S("GIS", 1));
group!(SG48, S("DOC", 1), S("DTM", 2), S("LOC", 1));
group!(SG49, S("TAX", 1), S("MOA", 2), S("GIS", 1));
group!(SG50, S("AUT", 1), S("DTM", 1));

impl Part {
    /// The segment that it begins with.
    fn tag(&self) -> &'static str {
        match self {
            Self::Segment(tag, _) => tag,
            Self::Group(group, _) => group.parts.first().map_or("", Self::tag),
        }
    }

    const fn most(&self) -> u16 {
        match self {
            Self::Segment(_, most) | Self::Group(_, most) => *most,
        }
    }
}

/// Walks through a message and says of each segment in which group it stands.
///
/// Segments are looked for from where the walk is onwards, then in the group around, as ISO 9735 reads a segment table: from the top, without going back.
#[derive(Debug)]
pub(super) struct Walk {
    /// Where the walk is in each group, from the message inwards: which part, and how often it was met.
    at: Vec<(&'static Group, usize, u16)>,
}

impl Walk {
    /// Before the first segment.
    pub fn new() -> Self {
        Self { at: vec![(&SG0, 0, 0)] }
    }

    /// The group of the next segment, whose tag is `tag`; a segment that opens a group stands in that group.
    pub fn step(&mut self, tag: &str) -> Result<&'static Group, EdifactFault> {
        let mut depth = self.at.len();
        let mut over = None;
        while let Some(level) = depth.checked_sub(1) {
            let Some(&(group, from, met)) = self.at.get(level) else { break };
            let found = group.parts.iter().enumerate().skip(from).find(|(index, part)| {
                let full = *index == from && met >= part.most();
                if full && part.tag() == tag {
                    over.get_or_insert(part.most());
                }
                part.tag() == tag && !full
            });
            if let Some((index, part)) = found {
                self.at.truncate(level);
                self.at.push((group, index, if index == from { met + 1 } else { 1 }));
                if let Part::Group(inner, _) = part {
                    self.at.push((inner, 0, 1));
                    return Ok(inner);
                }
                return Ok(group);
            }
            depth = level;
        }
        let tag: String = tag.chars().take(3).collect();
        Err(over.map_or(EdifactFault::Misplaced { tag: tag.clone() }, |most| EdifactFault::TooMany { tag, most }))
    }
}
