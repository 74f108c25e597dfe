# Ayudas sin pantalla: lista de vértices, GPX, KML y mensaje de texto. Números y nombres llegan ya escritos; {$count} solo elige entre uno y varios.

corners-heading = Vértices del lindero
corners-words = Coordenadas WGS 84: este y norte en metros de la zona UTM {$zone} sur, y grados, minutos y segundos. La última columna dice los metros hasta el vértice siguiente.
corners-rings = La tierra tiene varios linderos; debajo del vértice se dice a cuál pertenece cuando no es el primero.
corners-more = Aquí figuran {$shown} de {$all} vértices. Todos están en el archivo CSV de vértices y en el GPX de este informe.
corners-part = parte {$part}
corners-hole = parte {$part}, hueco {$hole}
corners-name = Vértice
corners-east = Este (m)
corners-north = Norte (m)
corners-lat = Latitud
corners-lon = Longitud
corners-length = Al siguiente (m)

track-subject = Lindero: {$name}
track-right = {$letter} {$code} {$name}
track-other = {$code} {$name}
track-file = {$name} · informe {$code} · datos al {$day}
track-holes = El lindero tiene huecos: aquí se dibujan abiertos, porque este formato no los distingue.
track-rights = Los derechos se dibujan para orientarse; sus límites no son vértices medidos en el terreno.
track-overlap = {$layer}. Estado: {$state}. Superposición: {$ha} ha planas UTM.
track-no-overlap = {$layer}. Estado: {$state}. No comparte superficie.
folder-rights = Derechos y otras capas

sms = TUPU {$code} {$name}: {$answer} {$notice}
sms-rights = { $count ->
    [one] 1 derecho minero vigente, {$ha} ha ({$percent}%).
   *[other] {$n} derechos mineros vigentes, {$ha} ha ({$percent}%).
 }
sms-rights-in-part = { $count ->
    [one] 1 derecho minero vigente, {$ha} ha ({$percent}%). Puede haber más.
   *[other] {$n} derechos mineros vigentes, {$ha} ha ({$percent}%). Puede haber más.
 }
sms-none = no consta derecho minero vigente.
sms-none-in-part = no consta derecho minero vigente en lo consultado; falta una parte.
sms-unknown = derechos mineros: no se puede determinar.
sms-synthetic = DATOS SINTÉTICOS.
sms-incomplete = INCOMPLETO.
