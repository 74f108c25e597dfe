# La ficha de una unidad hidrográfica oficial, y lo que hay en una cuenca.

unit-title = Unidad hidrográfica {$code}: {$name}
unit-official = Límites y códigos de la autoridad de aguas. Qué corre hacia dónde sale de los códigos Pfafstetter.
unit-edition = Edición {$edition}, de {$publisher}
unit-network = Aguas arriba y aguas abajo
unit-parents = Cae en
unit-absent-parents = Cae también en códigos que no son unidades de la capa
unit-children = Se divide en
unit-upstream = Está aguas arriba
unit-next = Corre hacia
unit-downstream = Está aguas abajo
unit-main-stem = Por su curso principal, desde la desembocadura
unit-drained = Por su salida pasa el agua de
unit-drained-sum = { $count ->
    [one] esta unidad: {$ha} ha planas
   *[other] {$count} unidades: {$ha} ha planas sumadas, cada una en su zona
}
unit-none = no consta ninguna en la capa
unit-shore = Es una orilla del mar o de un lago: el agua sale de ella y ninguna otra unidad corre por ella.
unit-faults = Lo que no coincide en los códigos
unit-check = El informe sobre esta unidad
unit-sheet-link = La ficha de esta unidad: qué está aguas arriba, derechos, comunidades y suelos
unit-not-known-shore = Los códigos de una orilla solo cuentan los ríos a lo largo de ella: qué corre hacia dónde dentro de ella no consta.
unit-not-known-inside = Qué parte de la unidad corre hacia qué lugar de ella no consta: los códigos hablan de unidades enteras.
unit-not-known-beyond = Solo se conocen las unidades que tiene la capa: lo que está aguas arriba o aguas abajo de ella no consta.
unit-not-known-canals = Los canales y trasvases no constan en los códigos: pueden llevar agua de una unidad a otra.
unit-not-known-groundwater = El agua subterránea no sigue siempre los límites de las cuencas: su recorrido no se puede determinar con esta capa.

basin-areas = Áreas
basin-not-stated = no consta
basin-layer = Capa
basin-no-data = no consta ninguna edición para este lugar y fecha
basin-not-consulted = no se consultó
basin-none-listed = La capa no tiene ningún elemento aquí.
basin-not-known = Lo que no se sabe
basin-col-state = Estado
basin-col-rights = Derechos
basin-col-union = Hectáreas de la unión
basin-col-share = Parte de la cuenca
basin-col-part = Parte del elemento
basin-col-within = Hectáreas dentro
basin-col-class = Clase
basin-union-words = El terreno bajo dos derechos cuenta una vez. Hectáreas planas.
basin-without-class = sin clase en la capa
basin-unknown = no consta
basin-disputed = Elementos de varias clases se superponen en {$ha} ha; cada lugar se contó en la primera.

api-group-water = Agua
api-unit = La ficha de una unidad hidrográfica oficial: en qué cae, en qué se divide, qué está aguas arriba y aguas abajo por su código, derechos por estado, comunidades, áreas protegidas y suelos.
param-unit = El código Pfafstetter de la unidad, con sus ceros a la izquierda.

headwaters-title = Cabeceras de {$region}, por su código
headwaters-proxy = No existe una capa oficial de cabeceras de cuenca. Es una aproximación: las unidades sin más división cuyo código termina en 9.
headwaters-order = En orden de la parte bajo derechos mineros vigentes, titulados o en trámite.
headwaters-col-place = Puesto
headwaters-col-unit = Unidad
headwaters-col-live = Bajo derechos vigentes
headwaters-col-protected = Mayor parte en un área protegida
api-headwaters = Las cabeceras de una región por su código, que son una aproximación, en orden de lo que hay en ellas.
param-region = Con qué comienzan los códigos de la región.

source-title = De dónde viene el agua de {$name}
source-title-point = De dónde viene el agua de este punto
source-modelled = Hidrografía modelada a partir del relieve: no es un límite oficial.
source-model = El modelo
source-model-edition = Modelo de drenaje
source-point = Punto (longitud, latitud)
source-snap = Distancia al curso modelado
source-order = Orden de Strahler del curso
source-heights = Alturas
source-longest-way = El camino más largo del agua
source-at-risk = Terreno bajo derechos mineros vigentes
source-at-risk-land = {$ha} ha planas, {$share} de la cuenca: la unión de los derechos titulados y en trámite.
source-at-risk-unknown = No se puede determinar: la capa de derechos mineros no consta o no se consultó.
source-works = Obras registradas en la cuenca
source-agreements = Acuerdos registrados
source-no-register = No consta ningún registro.
source-not-known-groundwater = Un manantial puede venir de agua subterránea: su recorrido no se puede determinar con el relieve.
source-not-known-canals = El agua que traen o llevan canales y trasvases no está en esta cuenca.
source-not-known-agreements = No existe una capa de acuerdos: que no figuren no significa que no existan.
source-view-link = De dónde viene su agua: la cuenca y lo que hay en ella
api-source = De dónde viene el agua de una captación: el área que aporta según el modelo de drenaje, derechos por estado, comunidades, zonas y usos del suelo, obras registradas (MRSE).

unit-title-upstream = Lo que está aguas arriba de {$code}: {$name}
unit-title-downstream = Lo que está aguas abajo de {$code}: {$name}
unit-all-upstream = Todo lo que está aguas arriba
unit-all-downstream = Todo lo que está aguas abajo
