//! The command line of Tupu: composes the other crates and knows no domain of its own.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks to people"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "a command takes its arguments and is done with them"
)]

mod bundle;
mod changes;
mod check;
mod clock;
mod demo;
mod editions;
mod exit;
mod import;
mod keep;
mod keys;
mod map;
mod matrix;
mod outputs;
mod rules;
mod serve;
mod speak;
mod store_check;
mod subject;
mod times;
mod verify;
mod watershed;
mod withdraw;
mod work;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tupu: qué se superpone con esta tierra y esta agua, desde cuándo, según qué fuente, y qué no se sabe.
///
/// Códigos de salida: 0 respondido, 1 fallo del programa, 2 uso incorrecto, 3 entrada que no se puede leer o no se encuentra,
/// 4 problema con el almacén.
#[derive(Parser)]
#[command(name = "tupu", version, propagate_version = true, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Importa una capa: la lee, la limpia, dice qué encontró y la publica como edición.
    Import(import::ImportArgs),
    /// Responde qué se superpone con una tierra, o con todas las de una capa.
    Check(check::CheckArgs),
    /// Dice qué cambió en una capa entre dos fechas, o entre dos ediciones.
    Changes(changes::ChangesArgs),
    /// Dibuja el mapa de una tierra, o una lámina a escala redonda.
    Map(map::MapArgs),
    /// Sirve la interfaz HTTP y las páginas.
    Serve(serve::ServeArgs),
    /// Enumera las ediciones de un almacén.
    Editions(editions::EditionsArgs),
    /// Retira una edición: deja de verse desde ahora, sin borrarse.
    Withdraw(withdraw::WithdrawArgs),
    /// Cuida el almacén.
    #[command(subcommand)]
    Store(StoreCommand),
    /// Comprueba un informe sin conexión: sus bytes, lo que usó y que no falte nada.
    Verify(verify::VerifyArgs),
    /// Cuida la clave con que este nodo firma sus documentos.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Cuida los libros de reglas.
    #[command(subcommand)]
    Rules(rules::RulesCommand),
    /// Cuencas: de un modelo de elevación a microcuencas codificadas.
    #[command(subcommand)]
    Watershed(watershed::WatershedCommand),
    /// Crea el territorio de demostración (datos sintéticos).
    Demo(demo::DemoArgs),
    /// Hace un trabajo descrito en JSON por la entrada estándar.
    #[command(hide = true)]
    Work,
}

#[derive(Subcommand)]
enum StoreCommand {
    /// Vuelve a calcular las huellas de todas las ediciones y revisa el archivo.
    Check(store_check::StoreCheckArgs),
}

fn main() -> ExitCode {
    exit::quiet_on_closed_pipe();
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Import(args) => import::run(args),
        Command::Check(args) => check::run(args),
        Command::Changes(args) => changes::run(args),
        Command::Map(args) => map::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Editions(args) => editions::run(args),
        Command::Withdraw(args) => withdraw::run(args),
        Command::Store(StoreCommand::Check(args)) => store_check::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Keys(command) => keys::run(command),
        Command::Rules(command) => rules::run(command),
        Command::Watershed(command) => watershed::run(command),
        Command::Demo(args) => demo::run(args),
        Command::Work => work::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit::report(&error),
    }
}
