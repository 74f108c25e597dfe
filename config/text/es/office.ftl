# Lo que el informe dice a una oficina de planeamiento, y las secciones que comparte.

summary-heading = Resumen
subject-dated = Día en que se funda
series-heading = Tierra concedida por año
series-words = Unión de los derechos vigentes presentados hasta cada año, dentro de esta tierra: cada paso cuenta solo la tierra nueva. La última cifra es la de hoy.
series-caption = {$layer}: tierra bajo derechos vigentes por año de presentación
series-alt = Figura de barras con {$n} pasos; el último llega a {$ha} ha. Los números están en la tabla que sigue.
without-date = sin fecha
year-none = s. f.
col-year = Año
changes-heading = Qué cambió
changes-caption = Cambios de los elementos que tocan esta tierra
col-change = Cambio
col-before = Antes
col-after = Ahora
change-new = nuevo
change-gone = ya no está
change-status = otro estado
change-holder = otro titular
change-geometry = otro lindero
change-attributes = otro dato
rulebook-heading = El libro de reglas
hash = Huella (SHA-256)
in-force-from = Rige desde
in-force-until = Rige hasta
still-in-force = sigue en vigor
