# Palabras de las láminas de capas, por id. Números y nombres llegan ya escritos; {$count} solo elige entre uno y varios.

sheet-title-many = Mapa de {$n} capas
sheet-as-of = Datos al {$day}
sheet-in-departments = { $count ->
    [one] Departamento: {$list}
   *[other] Departamentos: {$list}
 }
sheet-in-provinces = { $count ->
    [one] Provincia: {$list}
   *[other] Provincias: {$list}
 }
sheet-in-districts = { $count ->
    [one] Distrito: {$list}
   *[other] Distritos: {$list}
 }
sheet-hectares = Las cifras son hectáreas geodésicas (sobre el elipsoide) dentro del marco: lo que los elementos de cada clase cubren juntos. Clases y capas pueden superponerse; por eso no se suman.
sheet-ha = {$ha} ha
sheet-unmeasured = sin medir
sheet-unofficial = Colores no oficiales, puestos por este programa: {$list}.
sheet-undrawn = A esta escala no se dibujan: {$list}.
sheet-empty = Sin elementos dentro del marco: {$list}.
sheet-source = {$layer}: {$publisher}, edición {$edition}, vigente desde el {$day}, {$accuracy}
sheet-scale-sigma = 1:{$scale}, σ {$sigma} m
sheet-sigma = escala no declarada, σ {$sigma} m
sheet-no-sigma = ni escala ni σ declaradas
sheet-norm = Norma de la zonificación, según sus datos: {$list}.
sheet-no-norm = Ordenanza o norma que aprueba la zonificación: no consta en sus datos.
sheet-partial = No consta que estén completas en todo el marco: {$list}. Que algo no figure no significa que no exista.
sheet-crs = Sistema EPSG:{$epsg}. Centro del marco: {$lat}, {$lon}.
sheet-west = O
sheet-locator = Ubicación del marco
sheet-desc = {$title}. Lámina a escala 1:{$scale}, con el norte de la cuadrícula arriba. Clases dibujadas, con sus hectáreas geodésicas dentro del marco:
