# Texto para leer en voz alta. Solo en español: los números llegan ya en palabras.

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
