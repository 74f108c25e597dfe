# Etiquetas en quechua sureño: borrador, sin revisar por hablantes. Nada de esto se muestra hasta que figure en reviewed.toml.
answer-heading = Kutichiy
map-heading = Saywitu
col-layer = Qata
col-letter = Qillqa
col-name = Suti
col-holder = Dueño
col-year = Wata
annexes = Yapakuna
layer-communities = Ayllukuna
layer-rivers = Mayukuna
layer-springs = Pukyukuna
layer-water-bodies = Quchakuna
notes-heading = Huñunakuypa qillqan
word-edition = Qillqa p'anqa
