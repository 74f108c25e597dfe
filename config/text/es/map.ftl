# Palabras de los mapas, por id. Números y nombres llegan ya escritos; {$count} solo elige entre uno y varios.

map-title = Mapa de {$name}
map-sheet-subtitle = Informe {$standing} · datos al {$day}
map-desc = El mapa muestra el lindero de {$name} y { $count ->
    [0] ningún derecho minero con letra
    [one] un derecho minero con su letra
   *[other] {$n} derechos mineros con sus letras
 } dentro de él. El norte está arriba. La zona UTM es la {$zone} sur, WGS 84.
map-desc-letter = {$letter}: {$name}, {$state}.
map-legend = Leyenda
map-subject = Lindero de la tierra consultada
map-titulado = Derecho minero titulado
map-tramite = Derecho minero en trámite
map-extinguido = Derecho minero extinguido
map-otros = Derecho minero de otra clase
map-graze = Solo roza el lindero, o es dudoso
map-protected-area = Área natural protegida
map-buffer-zone = Zona de amortiguamiento
map-urban = Área urbana
map-district = Límite de distrito
map-community = Otra comunidad
map-river = Río
map-stream = Quebrada u otro curso de agua
map-water-body = Laguna, lago o bofedal
map-spring = Manantial o captación
map-km = km
map-m = m
map-walk = A pie, a 4 km por hora en llano
map-min = min
map-north = N
map-ratio = Escala 1:{$scale}
map-grid = Cuadrícula UTM WGS 84, zona {$zone} sur, cada {$step}.
map-north-note = Arriba, el norte de la cuadrícula: está a {$degrees}° al {$side} del norte geográfico.
map-north-same = Arriba, el norte de la cuadrícula, que aquí coincide con el geográfico.
map-side-east = este
map-side-west = oeste
map-east = E
map-north-axis = N
map-sources = Fuentes: {$list}.
map-source = {$layer}: {$publisher}, {$day}
map-lacking = Sin dato para este lugar y fecha, y por eso sin dibujar: {$list}. Que no figure no significa que no exista.
map-failed = No se consultó, y por eso no se dibuja: {$list}.
