"""The words of a poster: three that anyone can type, which stand for its link.

They follow from the invitation's id, so that nothing more is stored of it and a poster on a wall keeps them: the list
is never changed, in no word and in no place. No word has an accent, is another's plural, or is another word but for one
letter or two that changed places: a slip of the finger leads to no other poster.
"""

import difflib
import re
import unicodedata
from hashlib import sha256
from uuid import UUID

_LIST = """
abricot accord acier agenda agneau aimant alouette amande ananas ancre angle antenne arbre argile armoire
asperge atelier atlas autobus automne aventure avion avoine bagage baguette balai balcon baleine bambou banane
bandeau banquet baobab barque barrage basilic bassin bateau beignet belette berceau berger biberon biche bidon
bijou billet biscuit blouse bobine bocal bonbon bonnet bottine boucle bougie boulon bouquet bourdon boussole
branche brebis brioche brique brochet brouette brume buffet buisson bureau cabane cabri cactus cadeau cahier
caillou camion canal canard carafe caramel cargo caribou carnet carotte carpe cartable cascade castor cerise
chaise chalet chamois chapeau charbon chariot charrue chaton chemin chemise cheval chignon chocolat cigale
cigogne ciment citron clairon clavier cloche cocotte coffre colibri colline colombe compote concert coquille
corail corbeau coton coucou coussin couteau crabe crayon crevette criquet cuisine cuivre cygne dahlia danse
dauphin dentelle dessin diamant disque divan domino donjon dossier dragon drapeau dune duvet enclume escalier
escargot estrade fable falaise fanfare farine faucon fauteuil fenouil ferme festin ficelle figue filet flacon
flamme fleuve flotte foin folklore fontaine forge foulard fourmi fraise fromage fuchsia galerie galet gamelle
garage gazon genou girafe girofle givre glacier globe gomme gondole goudron gourde grange granit gravier grenier
griotte guitare gymnase hamac hamster hangar haricot harmonie herbe hermine hibou hiver homard horizon horloge
houblon huile hutte igloo image indigo insecte iris ivoire jacinthe jambon jardin jasmin jeton jongleur journal
jumelle jungle kayak kimono kiosque kiwi klaxon koala lagune laine laitue lampion lanterne lapin lavande lavoir
lecteur levier licorne lierre lilas limonade lionceau logis loterie loutre lucarne luciole macaron machine
magasin maison malle mangue manteau marelle marmite marmotte marron matelas melon menthe meuble mimosa miroir
moineau montagne mortier moteur moufle moulin moutarde mouton muguet muraille muscade musette musique myrtille
nacelle nageoire nappe navet navire nectar neige noisette nougat nuage oasis octobre oeillet oignon olivier
ombrelle omelette opale oranger oreiller orgue origan ortie oseille otarie ourson outil pagaie paille palmier
panda panier panneau papaye papillon paprika paquet parasol parfum passage pastel patate patin pelouse perche
perdrix persil peuplier phare phoque piano pigeon pilote pinceau pingouin pioche pipeau pirogue piscine pistache
piston pivoine placard planche platane plateau plongeon plumier pochette poireau poivron pollen pommier poney
portail potager potiron poulie pourpre prairie praline prune puma pupitre puzzle pyjama pyramide quartz quenelle
quiche rabot racine radis raisin rameau ramier rampe raquette rasoir registre renard requin ressort rhubarbe
rideau rigole rivage robinet rocade rocher romarin roseau rotonde rouleau roulotte ruban ruche rugby ruisseau
rustine safran salade salon sandale sanglier sardine saule saumon savane scooter seigle semelle semence sentier
serpent sillage sillon sirop sittelle soleil sonate sorbet sorbier souffle soupe source souris spirale stade
station statue store sucre tableau tablier tabouret tambour tamis tandem tarte tartine taureau temple tente
terrasse terreau thermos ticket tigre timbre tison titane toboggan toile tomate tonneau tonnerre topaze torche
tornade torrent tortue totem toucan toupie tourteau tracteur transat treille tricot tronc trottoir troupeau
truelle truffe truite tulipe tunnel turban turbine univers usine vague vaisseau valise vallon vanille vannerie
velours vendange vernis verveine veste viaduc violon virgule visage vitrail voilier voiture volcan volet voyage
wagon wapiti yaourt yoga zinnia
"""
WORDS = tuple(_LIST.split())
"""512: nine bits each, so that three of them are one of 134 million."""

HOW_MANY = 3
_BITS = 9
_LIKE = 0.7  # of 1, as difflib counts: a letter wrong, missing or too much in a word of four


def words_of(invitation_id: UUID) -> str:
    """Return the words of an invitation, as they are printed: `jardin-violon-tulipe`."""
    drawn = int.from_bytes(sha256(b"poster " + invitation_id.bytes).digest())
    return "-".join(WORDS[drawn >> (_BITS * place) & (2**_BITS - 1)] for place in range(HOW_MANY))


def as_printed(typed: str) -> str:
    """Return what was typed as it would be printed, whatever its case, accents and spaces; slips are set right."""
    bare = unicodedata.normalize("NFKD", typed.casefold().replace("œ", "oe"))
    words = re.findall(r"[a-z]+", "".join(letter for letter in bare if not unicodedata.combining(letter)))
    return "-".join(_meant(word) for word in words[: HOW_MANY + 1])


def unknown_words(typed: str) -> tuple[str, ...]:
    """Return the words typed that stand on no poster."""
    return tuple(word for word in as_printed(typed).split("-") if word and word not in WORDS)


def _meant(word: str) -> str:
    if word in WORDS:
        return word
    return next(iter(difflib.get_close_matches(word, WORDS, 1, _LIKE)), word)
