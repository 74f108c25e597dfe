# Frases del informe y de la matriz, por id. Números y nombres llegan ya escritos; {$count} solo elige entre uno y varios.

skip = Ir al contenido
report-title = Informe de superposición: {$name}
subject-without-name = la tierra consultada
standing-complete = completo
standing-incomplete = incompleto
standing-line = Informe {$standing} · datos al {$day}
standing-incomplete-notice = Informe incompleto: al menos una capa no se pudo consultar. Más abajo se dice cuál y por qué.
synthetic = Datos sintéticos: los hizo un programa para ensayar y no describen ningún lugar real.
synthetic-short = datos sintéticos

answer-heading = La respuesta
rights-found = { $count ->
    [one] Un derecho minero vigente se superpone con esta tierra. Por estado: {$list}. Los extinguidos y los otros no cuentan entre los vigentes.
   *[other] {$n} derechos mineros vigentes se superponen con esta tierra. Por estado: {$list}. Los extinguidos y los otros no cuentan entre los vigentes.
 }
rights-found-in-part = { $count ->
    [one] En lo que se pudo consultar, un derecho minero vigente se superpone con esta tierra. Por estado: {$list}. Puede haber más.
   *[other] En lo que se pudo consultar, {$n} derechos mineros vigentes se superponen con esta tierra. Por estado: {$list}. Puede haber más.
 }
rights-none = No consta ningún derecho minero vigente que se superponga con esta tierra en las ediciones consultadas.
rights-none-in-part = En lo que se pudo consultar no consta ningún derecho minero vigente que se superponga con esta tierra; del resto no se puede determinar.
rights-no-data = No hay datos de derechos mineros para este lugar y fecha: no se puede determinar si alguno se superpone.
rights-not-consulted = Los derechos mineros no se consultaron: no se puede determinar si alguno se superpone.
rights-land = { $count ->
    [one] Ocupa {$ha} ha ({$band}): {$parts}.
   *[other] Juntos ocupan {$ha} ha ({$band}): {$parts}. La tierra que está bajo varios derechos se cuenta una sola vez.
 }
parts-short = {$n} de cada 100
doubtful = { $count ->
    [one] Otro está en duda: con lo que se sabe de su posición no se puede determinar si se superpone.
   *[other] Otros {$n} están en duda: con lo que se sabe de su posición no se puede determinar si se superponen.
 }
water = Agua en esta tierra o junto a ella: {$list}.
water-none = no consta ninguno
water-none-in-part = no consta ninguno en lo que se pudo consultar
water-not-consulted = no se consultó
changed = { $count ->
    [0] Nada cambió para esta tierra entre el {$from} y el {$to}, en las capas leídas.
    [one] Hay un cambio para esta tierra entre el {$from} y el {$to}.
   *[other] Hay {$n} cambios para esta tierra entre el {$from} y el {$to}.
 }
count-titulado = { $count ->
    [one] 1 titulado
   *[other] {$n} titulados
 }
count-tramite = {$n} en trámite
count-extinguido = { $count ->
    [one] 1 extinguido
   *[other] {$n} extinguidos
 }
count-otros = { $count ->
    [one] 1 de otra clase
   *[other] {$n} de otras clases
 }
other-layer = {$layer}: {$n}, con {$ha} ha ({$band}), {$parts}.
other-layer-without-area = {$layer}: {$n} en esta tierra.
grazes = { $count ->
    [0] Ningún elemento de las capas leídas solo roza el lindero.
    [one] Un elemento solo roza el lindero: se lista aparte y no se suma.
   *[other] {$n} elementos solo rozan el lindero: se listan aparte y no se suman.
 }
open-not-consulted = No se consultó: {$layers}.
open-no-data = Sin dato para este lugar y fecha: {$layers}. Que no figuren no significa que no existan.
open-partial = Consultado solo en parte, o nadie declaró hasta dónde está completo: {$layers}.

parts = {$n} de cada 100 partes de la tierra
parts-all = toda la tierra
parts-almost-all = más de 99 de cada 100 partes de la tierra
parts-less-than-one = menos de 1 de cada 100 partes de la tierra
less-than-a-hundredth = menos de 0.01
less-than = menos de {$n}
band-none = sin banda
band-exact = exacto
band-between = entre {$low} y {$high} ha
less-than-a-tenth-percent = menos de 0.1 %

subject-heading = La tierra consultada
utm-ha = Hectáreas planas UTM (WGS 84, zona {$zone} sur)
geodesic-ha = Hectáreas geodésicas
declared-ha = Hectáreas declaradas
ubigeo = Ubigeo
centre = Centro (latitud, longitud)
watersheds = Unidades hidrográficas
not-stated = no consta
understood-heading = Cómo se entendieron sus coordenadas
crs-declared = Sistema de coordenadas declarado: {$crs}.
crs-not-declared = Nadie declaró el sistema de coordenadas.
crs-used = Sistema usado: {$crs}.
repairs-none = La geometría no necesitó reparación.
repaired = {$what} ({$n}): de {$before} a {$after} ha.
repair-closed-ring = Se cerró un anillo abierto
repair-dropped-repeats = Se quitaron puntos repetidos
repair-dropped-ring = Se quitó un anillo sin área
repair-cut-spike = Se quitó una punta sin área
repair-turned-ring = Se corrigió el sentido de un anillo
repair-split-crossing = Se separó un anillo que se cruzaba
repair-mended-holes = Se resolvieron huecos mal puestos
repair-joined-parts = Se unieron partes superpuestas
repair-absorbed-shell = Se absorbió una parte contenida en otra

findings-heading = Qué se superpone
findings-none = No consta ninguna superposición en las capas consultadas. Vea abajo qué capas no se consultaron o no tienen datos.
findings-caption = { $count ->
    [one] {$layer}: 1 elemento
   *[other] {$layer}: {$n} elementos, de mayor a menor
 }
roces-heading = Qué solo roza o está en duda
roces-words = Superposiciones tan pequeñas o delgadas que no se distinguen del error de dibujo de dos mapas, y vecinos de los que no se puede determinar si se superponen. No entran en los totales.
roces-none = Nada roza el lindero ni está en duda en las capas leídas.
legend = Signos de los estados
col-name = Nombre y código
col-state = Estado
col-holder = Titular
col-overlap = Superposición (ha UTM)
col-share = De la tierra
col-since = Desde
col-rule = Atención y regla
no-area = sin área
relation-within = contiene toda la tierra
relation-covers = entero dentro de la tierra
relation-overlaps = superpone en parte
relation-touches = roza el lindero
relation-near = queda cerca
distance = a {$m} m
class-firme = firme
class-probable = probable
class-dudoso = dudoso
class-roce = roce
precedence-prior = anterior a esta tierra
precedence-later = posterior a esta tierra
precedence-undetermined = no se puede determinar cuál es anterior
col-precedence = Cuál es anterior
col-relation = Relación y certeza
col-letter = Letra
col-shape = Forma
overlap-geodesic = Superposición (ha geodésicas)
shape = { $count ->
    [one] 1 parte, ancho medio de {$m} m
   *[other] {$parts} partes, ancho medio de {$m} m
 }
shape-short = { $count ->
    [one] 1 parte · {$m} m de ancho medio
   *[other] {$parts} partes · {$m} m de ancho medio
 }
share-of-feature = Parte del elemento
of-feature = {$percent} del elemento
feature-ha = Elemento entero (ha UTM)
feature-declared-ha = Elemento entero (ha declaradas)
declared-short = declaradas: {$ha}
since = desde el {$day}
dated = Día en que se funda
source-row = Edición y fila de la fuente

group-titulado = titulado
group-tramite = en trámite
group-extinguido = extinguido
group-otros = otros
group-vigente = vigente: titulado o en trámite
group-todos = todos
severity-critico = crítica
severity-alto = alta
severity-medio = media
severity-bajo = baja
severity-informativo = informativa

totals-heading = Totales
totals-words = Los derechos se superponen también entre sí. Por eso el total es la unión: la tierra cubierta, contada una sola vez. La suma simple cuenta varias veces la tierra que está bajo más de un derecho; se muestra al lado para comparar con otras fuentes.
totals-none = No hay superposiciones que sumar en las capas leídas.
totals-caption = Hectáreas por capa y estado
col-layer = Capa
col-count = Cantidad
col-union = Unión (ha UTM)
col-union-geodesic = Unión (ha geodésicas)
col-sum = Suma simple (ha UTM)
cannot-be-told = no se puede determinar: la capa no se consultó o no tiene datos aquí

layers-heading = Qué se consultó
layers-words = «Sin dato» y «no consultada» no significan que no haya nada: significan que este informe no lo sabe.
layers-caption = Capas, ediciones y su exactitud
col-consulted = Consulta
col-edition = Edición
col-publisher = Publicador
col-accuracy = Exactitud
col-datum = Cambio de datum
state-consulted = consultada
state-partial = parcial
state-no-data = sin dato
state-not-consulted = no consultada
covered = la edición cubre {$percent}
coverage-undeclared = cobertura no declarada
edition-dates = vale desde el {$day}; publicada aquí el {$at}
no-edition = sin edición
territory-licence = {$territory} · licencia: {$licence}
scale = escala 1:{$n}
scale-unknown = escala: no consta
sigma-unknown = σ: no consta
operation-none = ninguno

limits-all-heading = Lo que no se sabe, capa por capa
limits-heading = Lo que no se sabe
method-heading = Cómo se midió (método {$version})
areas-words = La misma tierra tiene tres áreas, y cada número dice cuál es:
area-declared = Declaradas
area-declared-words = las que dice el registro o el título; nadie las midió aquí.
area-utm = Planas UTM WGS 84
area-utm-words = medidas sobre el plano de la zona UTM que contiene la mayor parte de la tierra, como hacen las oficinas peruanas. Son la base de los porcentajes y los totales.
area-geodesic = Geodésicas
area-geodesic-words = medidas sobre el elipsoide: el área verdadera del terreno, sin el relieve.
method-union = Cada superposición se mide con bordes rectos en la zona UTM. Los totales son uniones por estado; la suma simple va al lado.
method-roce = Una superposición es un roce si es menor que el área mínima o más delgada que el ancho medio mínimo del libro de reglas, medidos sobre la superposición entera del par. Los roces se listan y no se suman.
method-states = Una capa está consultada si su cobertura declarada contiene la tierra; es parcial si contiene una parte o si nadie la declaró; está sin dato si no hay edición; no está consultada si falló.
method-band = La banda dice entre qué hectáreas está la superposición nueve veces de cada diez, si cada edición está corrida entera según su exactitud. Es firme si aun el extremo menor pasa del límite de roce; probable si solo pasa la cifra; dudosa si solo pasa el extremo mayor.
method-exact = Las cifras se redondean a lo que permite la mitad de su banda; el valor sin redondear está en el documento JSON y al posar el cursor. «Sin banda» dice que no consta la exactitud de una de las capas; «exacto», que correr el dibujo no cambia la cifra.

reasons-heading = Por qué figura cada uno
reasons-words = Reglas del libro {$rulebook}, con su norma y a quién consultar, y cada hallazgo en palabras.
rule = Regla {$rule}
without-norm = sin norma a la vista
norm-convention = convención del libro de reglas
ask = A quién consultar
ask-what = Qué consultar
norm = Norma
article = artículo {$article}
seen-excerpt = (se leyó solo un extracto)

other-formats = El mismo documento en otros formatos:
foot-code = Código
foot-id = Identificador
foot-rulebook = Libro de reglas
foot-program = Programa
foot-issued = Emitido
foot-check = El identificador es el SHA-256 del documento sin su fecha de emisión: la misma tierra, las mismas ediciones y las mismas reglas dan el mismo. Este informe es informativo.
moment-in-lima = {$day}, {$time} (hora de Lima)

matrix-title = {$subjects} y {$against}: matriz de superposición
matrix-line = { $count ->
    [one] 1 fila · datos al {$day}
   *[other] {$n} filas · datos al {$day}
 }
matrix-words = Las hectáreas son planas UTM de la zona de cada fila. Si las filas se superponen entre sí o están en zonas distintas, sus hectáreas no se pueden sumar.
matrix-caption = Unión en hectáreas por estado; debajo, la cantidad y la suma simple
slivers-kept = Se contaron todas las superposiciones, también las menores al límite de roce, para comparar con otros programas.
col-utm-ha = ha UTM
col-roces = Roces
col-live = vigente (titulado o en trámite)
unknown-short = sin dato

layer-concessions = Derechos mineros
layer-communities = Comunidades campesinas y nativas
layer-protected-areas = Áreas naturales protegidas
layer-buffer-zones = Zonas de amortiguamiento
layer-zoning = Zonificación ecológica y económica
layer-districts = Distritos
layer-provinces = Provincias
layer-departments = Departamentos
layer-hydrographic-units = Unidades hidrográficas
layer-rivers = Ríos y quebradas
layer-water-bodies = Lagos, lagunas y bofedales
layer-springs = Manantiales y captaciones
layer-restricted-areas = Áreas restringidas a la actividad minera
layer-land-capability = Capacidad de uso mayor
layer-land-use = Uso actual de la tierra
layer-hazards = Peligros
layer-urban = Áreas urbanas
layer-projects = Proyectos de inversión
layer-demands = Demandas priorizadas
layer-other = Otras capas

month-1 = ene
month-2 = feb
month-3 = mar
month-4 = abr
month-5 = may
month-6 = jun
month-7 = jul
month-8 = ago
month-9 = set
month-10 = oct
month-11 = nov
month-12 = dic
