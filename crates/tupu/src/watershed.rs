//! `tupu watershed`: what water does with the ground.

mod ask;
mod catchment;
mod derive;
mod findings;
mod ground;
mod headwaters;
mod map;
mod memory;
mod model;
mod outputs;
mod picture;
mod profile;
mod progress;
mod publish;
mod rights;
mod run;
mod source;
mod summary;
mod tables;
mod units;
mod work_folder;

use clap::Subcommand;

pub use derive::{DeriveArgs, derive};
pub use progress::{Progress, say_line};

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
    /// Dibuja el relieve sombreado con los cursos modelados, las microcuencas o lo que drena a un punto.
    Map(map::MapArgs),
    /// Dibuja el perfil de un curso modelado, con los derechos por los que pasa.
    Profile(profile::ProfileArgs),
    /// Deriva el drenaje de un modelo de elevación y lo publica en un almacén.
    Publish(publish::PublishArgs),
    /// Dice qué hay aguas arriba de un punto o de un elemento, según el modelo publicado en un almacén.
    Upstream(ask::AskArgs),
    /// Dice qué hay aguas abajo de un punto o de un elemento, según el modelo publicado en un almacén.
    Downstream(ask::AskArgs),
}

/// Runs the command.
pub fn run(command: WatershedCommand) -> anyhow::Result<()> {
    match command {
        WatershedCommand::Derive(args) => derive::run(args),
        WatershedCommand::Catchment(args) => catchment::run(args),
        WatershedCommand::Units(args) => units::run(args),
        WatershedCommand::Source(args) => source::run(args),
        WatershedCommand::Headwaters(args) => headwaters::run(args),
        WatershedCommand::Map(args) => map::run(&args),
        WatershedCommand::Profile(args) => profile::run(&args),
        WatershedCommand::Publish(args) => publish::run(args),
        WatershedCommand::Upstream(args) => ask::run(args, conflicts::Direction::Upstream),
        WatershedCommand::Downstream(args) => ask::run(args, conflicts::Direction::Downstream),
    }
}
