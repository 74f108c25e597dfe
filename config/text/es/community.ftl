# Lo que el informe dice a una comunidad y lo que rodea sus secciones.

running = {$name} · código {$code} · informe {$standing}
page-of = Página {$n} de {$total}
annexes = Anexos
no-map = Este documento se emitió sin mapa.
again-no-map = El mapa no está en este ejemplar: al principio se dice por qué.
again-without-layers = Este ejemplar se hizo de nuevo desde el registro, que guarda el informe y no las capas. Las que el informe usó no están aquí a mano, o son otras: por eso no lleva mapa ni lista de vértices. Lo demás es lo que se emitió, palabra por palabra.
again-given-land = Este ejemplar se hizo de nuevo desde el registro, que guarda el informe y no la tierra que alguien indicó: por eso no lleva mapa ni lista de vértices. Lo demás es lo que se emitió, palabra por palabra.
notes-line = Líneas vacías para escribir
translation-partial = Las frases que nadie revisó todavía en este idioma están en castellano.

map-heading = El mapa
rights-heading = Los derechos mineros, uno por uno
rights-caption = Derechos mineros que se superponen, de mayor a menor
rights-table-none = La tabla está vacía: al comienzo se dice qué se sabe de los derechos mineros en esta tierra.
rights-rest = { $count ->
    [one] Falta uno más pequeño: está en los anexos, con su hoja.
   *[other] Faltan {$n} más pequeños: están en los anexos, cada uno con su hoja.
 }

means-heading = Qué significa y qué no
means-surface = Un derecho minero no es propiedad de la tierra ni es, por sí solo, permiso para entrar o trabajar en ella.
means-process = Un petitorio en trámite todavía no es un derecho. Uno extinguido se muestra para conocer la historia y no se suma.
means-limits = El informe compara dibujos de linderos; no decide entre linderos ni reemplaza un deslinde.
means-informative = Este informe es informativo. Que algo no figure no significa que no exista.

to-do-heading = Qué se puede hacer y con quién
to-do-words = Lleve este papel a la asamblea y compare el lindero del mapa con su título. Para preguntar, dé el código del derecho y el del informe.
to-do-nobody = No consta a quién consultar, porque ninguna regla se aplicó.
to-do-about = Sobre: {$list}.

check-heading = Cómo comprobar este papel
check-at = El código de este informe es {$code}. Lea el cuadro con un teléfono o entre a {$url} para ver los datos con los que se emitió.
check-code = El código de este informe es {$code}. Con él se comprueba que el papel no cambió.
check-letter = El último signo del código es una letra o un número de control: si alguien copia mal un signo, se nota.
notes-heading = Notas de la asamblea

sheets-heading = Una hoja por derecho
glossary-heading = Palabras de este informe
word-right = Derecho minero
word-right-words = Concesión o petitorio que figura en el catastro minero. La concesión es un derecho distinto de la propiedad de la superficie.
word-holder = Titular
word-holder-words = La persona o empresa a cuyo nombre está el derecho en el registro público.
word-union = Unión
word-union-words = La tierra cubierta contada una sola vez, aunque esté bajo varios derechos.
word-roce = Roce
word-roce-words = Superposición tan pequeña o delgada que puede ser solo error de dibujo. Se lista y no se suma.
word-classes = Firme, probable, dudoso
word-classes-words = Qué tan cierta es una superposición si se toma en cuenta el error de los mapas.
word-band = Banda
word-band-words = Las dos cifras entre las que está la superposición nueve veces de cada diez.
word-utm = Hectáreas UTM
word-utm-words = Hectáreas medidas sobre el plano que usan las oficinas peruanas.
word-norm = Norma
word-norm-words = La ley o el reglamento en que se apoya una regla. Si nadie la vio, se dice «sin norma a la vista».
word-edition = Edición
word-edition-words = Una capa de datos con su fecha, como la publicó su entidad.
others-in-short = También hay aquí: {$list}. Los anexos dicen cuáles.
to-do-others = El anexo «A quién consultar» dice qué preguntar sobre las otras capas, y a quién.
whom-to-ask-heading = A quién consultar
