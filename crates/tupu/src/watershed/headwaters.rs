//! `tupu watershed headwaters`: the headwaters of a region, put in order by what lies in them.

use super::units::{Asked, editions};
use crate::exit::refuse;
use clap::Args;
use conflicts::Subject;
use conflicts::water::{Headwaters, UnitTree, rank_headwaters, within};
use rayon::prelude::*;
use territory::LayerKind;

/// Ordena las cabeceras de una región por lo que hay en ellas.
///
/// No existe una capa oficial de cabeceras de cuenca: se toman las unidades hidrográficas sin más división cuyo código termina en 9, que es
/// una aproximación por el código. El orden es el de la parte bajo derechos mineros vigentes.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu watershed headwaters --store puno.gpkg --region 0176
  tupu watershed headwaters --store puno.gpkg --region 0 --json")]
pub struct HeadwatersArgs {
    #[command(flatten)]
    asked: Asked,
    /// Con qué comienzan los códigos de la región.
    #[arg(long, value_name = "CODIGO")]
    region: String,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: HeadwatersArgs) -> anyhow::Result<()> {
    let (snapshot, as_of) = args.asked.snapshot()?;
    let shelf = args.asked.shelf()?;
    let book = shelf.in_force(as_of.valid);
    let all = editions(&args.asked, &snapshot)?;
    let [edition] = all.as_slice() else {
        let ids: Vec<&str> = all.iter().map(|edition| edition.meta.id.as_str()).collect();
        return refuse(format!(
            "varias ediciones tienen unidades; elija una con --edition: {}",
            ids.join(", ")
        ));
    };
    let tree = UnitTree::of(&edition.features);
    let units = tree.headwaters(&args.region);
    if units.is_empty() {
        return refuse(format!(
            "ninguna unidad sin más división de código {}… termina en 9 en la edición {}",
            args.region, edition.meta.id
        ));
    }
    let one = |unit: &usize| {
        let fact = &tree.facts()[*unit];
        let feature = edition.find(&fact.feature).expect("the tree was made of this edition");
        match Subject::feature(LayerKind::HydrographicUnits, &edition.meta, feature, None) {
            Ok(subject) => {
                let around = snapshot.surroundings(&subject, book);
                Ok((fact.clone(), within(&subject, &around, book, as_of)))
            }
            Err(error) => refuse(error.sentence_es()),
        }
    };
    let found: anyhow::Result<Vec<_>> = units.par_iter().map(one).collect();
    let ranked = rank_headwaters(&args.region, found?);
    if args.json {
        print!("{}", reports::canonical_json(&ranked)?);
    } else {
        print!("{}", text(&ranked));
    }
    Ok(())
}

fn text(headwaters: &Headwaters) -> String {
    let mut lines = vec![format!(
        "Cabeceras de {} por su código (aproximación: unidades que terminan en 9; no son cabeceras oficiales)",
        headwaters.region
    )];
    lines.extend(headwaters.ranked.iter().map(|one| {
        let live = one.live.as_ref().map_or_else(
            || "derechos mineros: no constan o no se consultaron".to_owned(),
            |live| {
                format!(
                    "{:.2} % bajo derechos vigentes ({} ha)",
                    live.share_of_subject.0 * 100.0,
                    live.union_ha
                )
            },
        );
        format!(
            "{}. {} {} · {live} · {} comunidades · {} manantiales y captaciones",
            one.place, one.unit.code, one.unit.name, one.communities, one.springs
        )
    }));
    let mut text = lines.join("\n");
    text.push('\n');
    text
}
