//! `tupu watershed`: what water does with the ground.

mod catchment;
mod derive;
mod ground;
mod summary;
mod tables;

use clap::Subcommand;

/// Cuencas: de un modelo de elevación a microcuencas codificadas.
#[derive(Subcommand)]
pub enum WatershedCommand {
    /// Deriva de un modelo de elevación el drenaje, los cursos y las microcuencas con código Pfafstetter.
    Derive(derive::DeriveArgs),
    /// Traza lo que drena a un punto, sobre un modelo de elevación.
    Catchment(catchment::CatchmentArgs),
}

/// Runs the command.
pub fn run(command: WatershedCommand) -> anyhow::Result<()> {
    match command {
        WatershedCommand::Derive(args) => derive::run(args),
        WatershedCommand::Catchment(args) => catchment::run(args),
    }
}
