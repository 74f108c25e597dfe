//! What the crate promises from outside: models with their faults, and grids through the engine.

mod engine;
mod model;
mod sensitivity;

/// A small model with one of everything.
const MODEL: &str = r#"
name = "prueba"
title = "Zonificación de prueba"
epsg = 32718
cell = 30.0
scale = 100000
minimum_unit_ha = 0.45
smoothing = "none"

[agreed]
by = "Comisión Técnica de prueba"
on = "2026-03-02"

[criteria.altitud]
source = "dem"
to_grid = "bilinear"
unit = "m"
value = { function = "trapezoid", points = [2000, 2800, 3600, 4400] }

[criteria.anp]
source = "protected-areas"
field = "codigo"
to_grid = "centre"
unit = "código"

[criteria.pendiente]
source = "pendiente"
to_grid = "mean"
unit = "%"
value = { function = "sigmoid", points = [8, 45], slope = "falling" }

[criteria.suelo]
source = "suelos"
field = "grupo"
to_grid = "centre"
unit = "código"
value = { function = "table", values = { 1 = 1.0, 2 = 0.6, 3 = 0.2 }, otherwise = "sin dato" }

[criteria.via]
source = "vias"
to_grid = "distance"
unit = "m"
value = { function = "decay", half = 2000, reach = 20000 }

[submodels.accesible]
title = "Acceso"
members = ["via", "pendiente"]
combine = "and"
classes = ["bajo", "alto"]
breaks = [0.5]

[submodels.productivo]
title = "Valor productivo"
members = ["suelo", "altitud", "accesible"]
combine = "linear"
weights = { method = "pairs", matrix = [[1, 3, 5], ["1/3", 1, 2], ["1/5", "1/2", 1]] }
classes = ["bajo", "medio", "alto"]
breaks = [0.4, 0.7]

[submodels.fragil]
title = "Fragilidad"
members = ["pendiente", "altitud"]
combine = "gamma"
gamma = 0.7
classes = ["no", "sí"]
breaks = [0.35]

[zones.P1]
title = "Agropecuaria"
category = "a"

[zones.B1]
title = "Protección"
category = "b"

[zones.D1]
title = "Recuperación"
category = "d"

[[constraints]]
name = "anp"
criterion = "anp"
in = [1, 2]
zone = "B1"
reason = "área natural protegida"

[[rules]]
name = "buena tierra"
when = { productivo = ["medio", "alto"], fragil = "no" }
zone = "P1"

[[rules]]
name = "buena tierra frágil"
when = { productivo = "alto", fragil = "sí" }
zone = "P1"

[[rules]]
name = "resto frágil"
when = { fragil = "sí" }
zone = "B1"

[[rules]]
name = "resto"
when = {}
zone = "D1"

[scenarios.suelo-primero.productivo]
suelo = 0.8
altitud = 0.1
accesible = 0.1
"#;
