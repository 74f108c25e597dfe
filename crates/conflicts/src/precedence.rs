//! Which of two was there first: the day that each stands on in its register.

use crate::Precedence;
use jiff::civil::Date;
use territory::{Feature, LayerKind};

/// The day that a feature stands on: a right's filing, a community's recognition, an area's creation, the field `date` elsewhere.
pub(crate) fn dated_at(layer: LayerKind, feature: &Feature) -> Option<Date> {
    let field = match layer {
        LayerKind::Concessions => "filed_at",
        LayerKind::Communities => "recognised_at",
        LayerKind::ProtectedAreas | LayerKind::BufferZones => "created_at",
        _ => "date",
    };
    feature.attributes.date(field)
}

/// How a feature's day lies to the subject's; none where neither has one.
pub(crate) fn of(subject: Option<Date>, feature: Option<Date>) -> Option<Precedence> {
    match (subject, feature) {
        (None, None) => None,
        (Some(subject), Some(feature)) if feature < subject => Some(Precedence::Prior),
        (Some(subject), Some(feature)) if feature > subject => Some(Precedence::Later),
        _ => Some(Precedence::Undetermined),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_is_prior_and_what_has_no_date_is_undetermined() {
        let day = |text: &str| Some(text.parse().unwrap());
        assert_eq!(of(day("1990-01-01"), day("1989-12-31")), Some(Precedence::Prior));
        assert_eq!(of(day("1990-01-01"), day("1990-01-02")), Some(Precedence::Later));
        assert_eq!(of(day("1990-01-01"), day("1990-01-01")), Some(Precedence::Undetermined));
        assert_eq!(of(None, day("1990-01-01")), Some(Precedence::Undetermined));
        assert_eq!(of(day("1990-01-01"), None), Some(Precedence::Undetermined));
        assert_eq!(of(None, None), None);
    }
}
