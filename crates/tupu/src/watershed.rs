//! `tupu watershed`: what water does with the ground.

mod catchment;
mod derive;
mod ground;
mod headwaters;
mod source;
mod summary;
mod tables;
mod units;

use clap::Subcommand;

/// Cuencas: de un modelo de elevación a microcuencas codificadas.
#[derive(Subcommand)]
pub enum WatershedCommand {
    /// Deriva de un modelo de elevación el drenaje, los cursos y las microcuencas con código Pfafstetter.
    Derive(derive::DeriveArgs),
    /// Traza lo que drena a un punto, sobre un modelo de elevación.
    Catchment(catchment::CatchmentArgs),
    /// Muestra las unidades hidrográficas oficiales: su árbol, sus faltas, o la ficha de una.
    Units(units::UnitsArgs),
    /// Dice de dónde viene el agua de una captación y qué hay en su cuenca (MRSE).
    Source(source::SourceArgs),
    /// Ordena las cabeceras de una región por lo que hay en ellas.
    Headwaters(headwaters::HeadwatersArgs),
}

/// Runs the command.
pub fn run(command: WatershedCommand) -> anyhow::Result<()> {
    match command {
        WatershedCommand::Derive(args) => derive::run(args),
        WatershedCommand::Catchment(args) => catchment::run(args),
        WatershedCommand::Units(args) => units::run(args),
        WatershedCommand::Source(args) => source::run(args),
        WatershedCommand::Headwaters(args) => headwaters::run(args),
    }
}
