# Ayudas sin pantalla: lista de vértices, GPX, KML, mensaje de texto y texto para leer en voz alta. Los números llegan ya en palabras.

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

spoken-opening = Este es el informe sobre {$name}. La tierra mide {$ha}, medidas sobre el plano. Los datos valen al {$day}.
spoken-rights = { $count ->
    [one] Un derecho minero vigente se superpone con esta tierra. Ocupa {$ha}: {$parts}.
   *[other] Con esta tierra se superponen {$n} derechos mineros vigentes. Juntos ocupan {$ha}: {$parts}. Donde se superponen entre sí, la tierra se cuenta una sola vez.
 }
spoken-rights-none = No consta ningún derecho minero vigente que se superponga con esta tierra en las ediciones consultadas.
spoken-rights-in-part = Los derechos se consultaron solo en parte, o nadie declaró hasta dónde están completos. Puede haber más.
spoken-rights-unknown = Los derechos mineros no se consultaron o no hay datos de ellos aquí: no se puede determinar si alguno se superpone.
spoken-right = Letra {$letter} en el mapa: {$name}. Estado: {$state}. Se superpone en {$ha}.
spoken-since = Presentado el {$day}.
spoken-more = { $count ->
    [one] Hay un derecho más, que está en la tabla del informe.
   *[other] Hay {$n} derechos más, que están en la tabla del informe.
 }
spoken-others = También figuran en esta tierra o cerca de ella: {$layers}.
spoken-roces = { $count ->
    [one] Un elemento solo roza el lindero o no se distingue del error de los mapas. No se suma.
   *[other] Otros {$n} elementos solo rozan el lindero o no se distinguen del error de los mapas. No se suman.
 }
spoken-not-consulted = No se consultó: {$layers}. Este informe no sabe si hay algo.
spoken-no-data = No hay datos para este lugar y fecha: {$layers}. Que no figuren no significa que no existan.
spoken-meaning = Que un derecho se superponga no significa que alguien pueda entrar hoy a la tierra, ni que la tierra haya dejado de ser de la comunidad. Este informe es informativo.
spoken-code = El código de este informe es: {$code}.
spoken-hectare = {$n} hectárea
spoken-hectares = {$n} hectáreas
spoken-millions-of-hectares = {$n} de hectáreas
spoken-little = menos de un décimo de hectárea
spoken-parts = {$n} de cada cien partes de la tierra
spoken-parts-almost-all = más de noventa y nueve de cada cien partes de la tierra
spoken-parts-less-than-one = menos de una de cada cien partes de la tierra
spoken-first = primero
spoken-day = {$day} de {$month} de {$year}
spoken-month-1 = enero
spoken-month-2 = febrero
spoken-month-3 = marzo
spoken-month-4 = abril
spoken-month-5 = mayo
spoken-month-6 = junio
spoken-month-7 = julio
spoken-month-8 = agosto
spoken-month-9 = setiembre
spoken-month-10 = octubre
spoken-month-11 = noviembre
spoken-month-12 = diciembre
